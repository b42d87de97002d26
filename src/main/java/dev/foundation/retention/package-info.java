/**
 * Which points stay, and why (R5.1), and whether a run looks like the ones before it. Pure: facts and the caller's time in, decisions with their
 * reasons out. This room reads no store, no clock and no file, and removes nothing.
 */
@NullMarked
package dev.foundation.retention;

import org.jspecify.annotations.NullMarked;
