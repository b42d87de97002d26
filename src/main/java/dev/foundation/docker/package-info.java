/**
 * A thin wrapper over the {@code docker} command: containers, volumes and files in them. It turns what Docker says into errors that say what to
 * do, and never decides what runs: that is the program's work. Secrets pass through it on standard input only.
 */
@NullMarked
package dev.foundation.docker;

import org.jspecify.annotations.NullMarked;
