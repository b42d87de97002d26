/**
 * Reads tar streams (POSIX pax and ustar) strictly: each header's checksum, each size, and the end that the format asks for. It writes nothing and
 * touches no file.
 */
@NullMarked
package dev.foundation.artifact.tar;

import org.jspecify.annotations.NullMarked;
