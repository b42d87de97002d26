/** Bindings of the {@code vault} provider. */
@NullMarked
package dev.foundation.stack.binding.vault;

import org.jspecify.annotations.NullMarked;
