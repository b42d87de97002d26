/** Handlers for random secrets and age identities. What they make lives only in the encrypted state and where the program puts it. */
@NullMarked
package dev.foundation.plugin.keys;

import org.jspecify.annotations.NullMarked;
