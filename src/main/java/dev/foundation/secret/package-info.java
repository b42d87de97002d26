/**
 * Secrets: a holder that never prints itself, the passphrase (made, judged, kept in its file), random keys and Vault's unseal keys.
 * This room never logs, never puts a secret into an exception's message, and never hands one to a process by argument.
 */
@NullMarked
package dev.foundation.secret;

import org.jspecify.annotations.NullMarked;
