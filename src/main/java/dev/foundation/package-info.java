/** The entry point. It wires the rooms together and does nothing else. */
@NullMarked
package dev.foundation;

import org.jspecify.annotations.NullMarked;
