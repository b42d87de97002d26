/**
 * Copies sealed points from the store that has them to the one that lacks them, and mends what is damaged at one and whole at another. Every byte is
 * held against its seal on the way; no private key is needed. Never writes over anything, never removes anything, seals nothing of its own.
 */
@NullMarked
package dev.foundation.replicate;

import org.jspecify.annotations.NullMarked;
