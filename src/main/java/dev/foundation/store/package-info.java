/**
 * Where points lie: one small interface over S3 and over a folder, held by one contract suite. A store keeps bytes under keys; it knows nothing
 * of bundles, keys or age. An object is there whole or not at all.
 */
@NullMarked
package dev.foundation.store;

import org.jspecify.annotations.NullMarked;
