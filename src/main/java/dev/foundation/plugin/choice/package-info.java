/** The handler that holds a choice fast that data lies under. It touches nothing outside the state. */
@NullMarked
package dev.foundation.plugin.choice;

import org.jspecify.annotations.NullMarked;
