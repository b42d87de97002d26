/**
 * The two files that a point carries in clear: the configuration, whose secrets are encrypted with the passphrase already, and {@code VERSIONS}. They
 * open everything else (K2), so this room refuses a configuration with a secret in clear.
 */
@NullMarked
package dev.foundation.artifact.plainfile;

import org.jspecify.annotations.NullMarked;
