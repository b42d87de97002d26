/** Handlers for the S3 server's buckets and users. They never touch objects, but for a bucket that is told to be destroyed with its content. */
@NullMarked
package dev.foundation.plugin.s3;

import org.jspecify.annotations.NullMarked;
