/**
 * A recovery point on its way back: staged on this machine, proved by its signed seal, opened with the private key. This room reads only; what is done
 * with an artifact is the work of the restorer that stands beside its producer in {@code artifact}.
 */
@NullMarked
package dev.foundation.restore;

import org.jspecify.annotations.NullMarked;
