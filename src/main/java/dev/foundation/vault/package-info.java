/**
 * Vault over its HTTP API (v1): what this project asks of a Vault server, and nothing that it does not use. Every failure is a
 * {@link dev.foundation.vault.VaultException} that says which kind it is. This room never prints or keeps a token or a key, and it
 * knows nothing of resources or of configuration.
 */
@NullMarked
package dev.foundation.vault;

import org.jspecify.annotations.NullMarked;
