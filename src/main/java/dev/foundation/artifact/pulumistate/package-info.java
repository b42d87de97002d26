/**
 * The stack's own state out of Pulumi's file backend, as {@code pulumi stack export} writes it, secrets still encrypted. Reads the backend's files
 * and nothing else: no lock, no passphrase, no engine.
 */
@NullMarked
package dev.foundation.artifact.pulumistate;

import org.jspecify.annotations.NullMarked;
