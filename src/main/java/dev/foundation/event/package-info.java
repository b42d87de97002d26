/** Sealed events of a run. Rooms that work emit them; the command line and logs only render them. Nothing here does anything or holds a secret. */
@NullMarked
package dev.foundation.event;

import org.jspecify.annotations.NullMarked;
