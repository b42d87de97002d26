/**
 * Vault's raft snapshot: taken over HTTP and checked to its last byte while it goes by, for a snapshot that was cut looks like a good answer. Only
 * the unseal keys open what is in it. And back again, into a Vault that was never initialised.
 */
@NullMarked
package dev.foundation.artifact.vault;

import org.jspecify.annotations.NullMarked;
