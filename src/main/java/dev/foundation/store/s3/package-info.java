/**
 * A bucket of any S3 server as a store: constant memory at any size, checksums on the way, retries that end, and errors in the store's words.
 * This room makes no bucket and sets nothing on one; it asks the bucket what it can.
 */
@NullMarked
package dev.foundation.store.s3;

import org.jspecify.annotations.NullMarked;
