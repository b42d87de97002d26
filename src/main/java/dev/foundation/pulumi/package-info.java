/**
 * The Pulumi CLI, driven as a person would: the real program, its own files, its own state. Reading plain configuration needs none of it
 * (that is {@code spec}). This room never hands a secret over by argument, and never decides what to deploy.
 */
@NullMarked
package dev.foundation.pulumi;

import org.jspecify.annotations.NullMarked;
