/**
 * Taking a recovery point: what runs before what, what is sent and what is there already, when a point is sealed and when it is not. It knows no schedule,
 * no command line, and never a private age key.
 */
@NullMarked
package dev.foundation.backup;

import org.jspecify.annotations.NullMarked;
