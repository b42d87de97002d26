/**
 * Everything of a recovery before Pulumi runs: which point holds, its own copy on this machine, the proof of every key, and the state that a fresh
 * machine can import. Reads the off-site and never writes to it; touches no service and no volume. What restores data are resources of the stack.
 */
@NullMarked
package dev.foundation.recover;

import org.jspecify.annotations.NullMarked;
