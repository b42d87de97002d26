package dev.foundation.store.s3;

import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Asks for single objects. */
final class S3Objects {
    /** S3's word for the version of an object in a bucket without versions. */
    static final String NO_VERSION = "null";

    private final S3Calls calls;
    private final Bucket bucket;
    /** An answer of "not found" says nothing of the bucket, unless the bucket was seen once. */
    private volatile boolean bucketSeen;

    S3Objects(S3Calls calls, Bucket bucket) {
        this.calls = calls;
        this.bucket = bucket;
    }

    /** @param version empty text for the newest */
    Optional<HeadObjectResponse> head(ObjectKey key, String version) throws StoreException, InterruptedException {
        try {
            var answer = calls.call(
                    bucket.action("look for", key),
                    s3 -> s3.headObject(r -> r.bucket(bucket.name())
                            .key(key.path())
                            .versionId(version.isEmpty() ? null : version)
                            .checksumMode(
                                    calls.settings().integrity() == S3Settings.Integrity.SHA256
                                            ? ChecksumMode.ENABLED
                                            : null)));
            bucketSeen = true;
            return Optional.of(answer);
        } catch (StoreException e) {
            if (e.kind() != Kind.NOT_FOUND && !deleted(e)) {
                throw e;
            }
            needBucket();
            return Optional.empty();
        }
    }

    /** One quick look at the newest version: empty, too, if the server does not answer. */
    Optional<HeadObjectResponse> glance(ObjectKey key) throws InterruptedException {
        try {
            return Optional.of(calls.once(
                    bucket.action("look for", key),
                    s3 -> s3.headObject(r -> r.bucket(bucket.name()).key(key.path()))));
        } catch (ObjectStoreException e) {
            return Optional.empty(); // what the caller tried is then judged by its own failure
        }
    }

    /** The newest "version" may be a delete marker; asked for by its id the answer is 405. */
    private static boolean deleted(StoreException e) {
        return e.getCause() instanceof ObjectStoreException answer && answer.status() == 405;
    }

    private void needBucket() throws StoreException, InterruptedException {
        if (!bucketSeen) {
            calls.call(bucket.action("look"), s3 -> s3.headBucket(r -> r.bucket(bucket.name())));
            bucketSeen = true;
        }
    }

    static StoredObject stored(ObjectKey key, HeadObjectResponse answer) {
        return new StoredObject(
                key,
                answer.contentLength() == null ? -1 : answer.contentLength(),
                version(answer.versionId()),
                modified(answer.lastModified()));
    }

    /** The same, whichever request told it; an object without a time is as old as can be. */
    static Instant modified(@Nullable Instant told) {
        return told == null ? Instant.EPOCH : told.truncatedTo(ChronoUnit.SECONDS);
    }

    static String version(@Nullable String told) {
        return told == null || told.isEmpty() ? NO_VERSION : told;
    }
}
