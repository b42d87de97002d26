/**
 * Runs one child process to its end: arguments, environment, standard input, a time limit and a limit on what it may print. It never lets a
 * child outlive its caller, and never puts what a child was given on standard input or in its environment into a message.
 */
@NullMarked
package dev.foundation.process;

import org.jspecify.annotations.NullMarked;
