package dev.foundation.plugin.restore;

import dev.foundation.objectstore.S3Access;
import dev.foundation.plugin.Problems;
import dev.foundation.plugin.Secret;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.local.LocalStore;
import dev.foundation.store.s3.S3Settings;
import dev.foundation.store.s3.S3Store;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The store whose blobs are read: a folder, or a bucket of an S3 server. Nothing is ever written there.
 *
 * @param folder on this machine, absolute; alone
 * @param endpoint of the S3 server; then bucket and keys are given too
 * @param region {@code us-east-1} where absent
 * @param pathStyle whether buckets are part of the path, as they are where absent
 */
public record BlobOrigin(
        Optional<String> folder,
        Optional<String> endpoint,
        Optional<String> region,
        Optional<String> bucket,
        Optional<Boolean> pathStyle,
        @Secret Optional<String> accessKey,
        @Secret Optional<String> secretKey) {

    Problems check(Problems problems) {
        boolean whole = endpoint.isPresent() && bucket.isPresent() && accessKey.isPresent() && secretKey.isPresent();
        boolean none = endpoint.isEmpty() && bucket.isEmpty() && accessKey.isEmpty() && secretKey.isEmpty();
        return problems.unless(
                        folder.isPresent() ? none : whole,
                        "blobs",
                        "must be either a folder, or an endpoint with bucket, accessKey and secretKey")
                .unless(folder.orElse("/").startsWith("/"), "blobs.folder", "must be an absolute path");
    }

    ObjectStore open() {
        return folder.isPresent()
                ? new LocalStore("the point's origin", Path.of(folder.get()))
                : new S3Store(
                        "the point's origin",
                        new S3Access(
                                URI.create(endpoint.orElseThrow()),
                                region.orElse("us-east-1"),
                                accessKey.orElseThrow(),
                                secretKey.orElseThrow()),
                        bucket.orElseThrow(),
                        S3Settings.usual(pathStyle.orElse(true)));
    }

    @Override
    public String toString() {
        return folder.orElseGet(() -> "bucket " + bucket.orElse("") + " at " + endpoint.orElse(""));
    }
}
