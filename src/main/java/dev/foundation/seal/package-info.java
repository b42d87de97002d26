/**
 * Seals: the key that signs recovery points (P1). Their signatures are made and checked here, in OpenSSH's
 * format. This room never stores a key and knows nothing of what it signs.
 */
@NullMarked
package dev.foundation.seal;

import org.jspecify.annotations.NullMarked;
