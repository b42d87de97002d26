/** Bindings of the {@code command} provider. */
@NullMarked
package dev.foundation.stack.binding.command;

import org.jspecify.annotations.NullMarked;
