/**
 * The S3 server's buckets, users and rights, on RustFS and on versitygw behind one interface, {@link dev.foundation.objectstore.S3Admin}. It
 * never stores or reads a service's objects, except to empty a bucket when told to.
 */
@NullMarked
package dev.foundation.objectstore;

import org.jspecify.annotations.NullMarked;
