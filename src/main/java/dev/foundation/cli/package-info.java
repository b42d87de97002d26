/** The command line: one command a file. It parses, calls the rooms below, prints; it holds no logic that another caller would want. */
@NullMarked
package dev.foundation.cli;

import org.jspecify.annotations.NullMarked;
