/**
 * The objects of the foundation's buckets as of a moment (P3, P5): listed by version, read by version. The source knows nothing of blobs' names, of
 * what was sent before, or of a store for points. And back again, from the blobs of a point into buckets that are empty.
 */
@NullMarked
package dev.foundation.artifact.buckets;

import org.jspecify.annotations.NullMarked;
