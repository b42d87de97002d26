/**
 * The fresh machine that a drill recovers on, and how one drill compares with those before it. It knows nothing of points: what is recovered, and whether
 * it holds, others say.
 */
@NullMarked
package dev.foundation.drill;

import org.jspecify.annotations.NullMarked;
