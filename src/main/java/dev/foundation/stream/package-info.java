/**
 * Bytes on their way: digests, compression on all cores, children as sources. Everything is pulled: the reader sets the pace, memory stays
 * constant, and a stream that ends normally is whole, for a source that fails throws instead of ending. This room knows no store and no key.
 */
@NullMarked
package dev.foundation.stream;

import org.jspecify.annotations.NullMarked;
