/**
 * Seals: the key that signs recovery points (P1). Writing and checking seals will live here too. This room never stores a key.
 */
@NullMarked
package dev.foundation.seal;

import org.jspecify.annotations.NullMarked;
