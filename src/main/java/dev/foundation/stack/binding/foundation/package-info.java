/** Bindings of the {@code foundation} provider. */
@NullMarked
package dev.foundation.stack.binding.foundation;

import org.jspecify.annotations.NullMarked;
