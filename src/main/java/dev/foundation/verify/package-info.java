/**
 * Whether points are what their seals say, and hold what their manifests say. Everything is read anew from its place, to its end; nothing is believed
 * because it was read before. This room never writes, never deletes, and keeps no key.
 */
@NullMarked
package dev.foundation.verify;

import org.jspecify.annotations.NullMarked;
