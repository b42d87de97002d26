/** Handlers for secrets as files in volumes (K5). They know no service: what a file means is the program's knowledge. */
@NullMarked
package dev.foundation.plugin.files;

import org.jspecify.annotations.NullMarked;
