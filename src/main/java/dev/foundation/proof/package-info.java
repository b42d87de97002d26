/**
 * The weekly proof: a point restored into a scratch environment is looked at from outside, in small named checks, and what they saw becomes signed
 * evidence. This room never makes or removes an environment, never talks to the live foundation, and takes nothing for good that it did not look at.
 */
@NullMarked
package dev.foundation.proof;

import org.jspecify.annotations.NullMarked;
