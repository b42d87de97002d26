/**
 * The resource type {@code command:local:Command} of the official {@code command} provider, for sites where that provider cannot be
 * had. It behaves as the official 1.2.1 does. It runs what the program says, on this host, and nothing of its own.
 */
@NullMarked
package dev.foundation.plugin.command;

import org.jspecify.annotations.NullMarked;
