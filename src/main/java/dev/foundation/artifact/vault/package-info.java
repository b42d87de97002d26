/**
 * Vault's raft snapshot: taken over HTTP and checked to its last byte while it goes by, for a snapshot that was cut looks like a good answer. This
 * room cannot open what is in it: only the unseal keys can.
 */
@NullMarked
package dev.foundation.artifact.vault;

import org.jspecify.annotations.NullMarked;
