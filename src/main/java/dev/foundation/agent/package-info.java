/**
 * The agent: a long-running process in a container of the stack that takes points on schedule and on demand, checks them, and says how it is. It holds no
 * private age key, cannot delete a point, and reaches Docker nowhere. The pruner is the same program with other credentials and one job.
 */
@NullMarked
package dev.foundation.agent;

import org.jspecify.annotations.NullMarked;
