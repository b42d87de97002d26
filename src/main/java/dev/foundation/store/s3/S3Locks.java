package dev.foundation.store.s3;

import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** Object lock, and what else the bucket says it can. */
final class S3Locks {
    private static final Set<String> NO_LOCK = Set.of(
            "NoSuchObjectLockConfiguration",
            "ObjectLockConfigurationNotFoundError",
            "InvalidBucketObjectLockConfiguration");
    private final S3Calls calls;
    private final Bucket bucket;

    S3Locks(S3Calls calls, Bucket bucket) {
        this.calls = calls;
        this.bucket = bucket;
    }

    ObjectStore.Traits traits() throws StoreException, InterruptedException {
        var versioning = calls.call(
                bucket.action("ask for versioning"), s3 -> s3.getBucketVersioning(r -> r.bucket(bucket.name())));
        return new ObjectStore.Traits(versioning.status() == BucketVersioningStatus.ENABLED, locks());
    }

    private boolean locks() throws StoreException, InterruptedException {
        try {
            var answer = calls.call(
                    bucket.action("ask for object lock"),
                    s3 -> s3.getObjectLockConfiguration(r -> r.bucket(bucket.name())));
            var configuration = answer.objectLockConfiguration();
            return configuration != null && configuration.objectLockEnabledAsString() != null;
        } catch (StoreException e) {
            if (none(e) || notBuilt(e)) {
                return false;
            }
            throw e;
        }
    }

    void lock(ObjectKey key, String version, Instant until) throws StoreException, InterruptedException {
        var whole = until.truncatedTo(ChronoUnit.SECONDS);
        var end = whole.isBefore(until) ? whole.plusSeconds(1) : whole;
        var held = retention(key, version);
        if (held.isPresent() && !held.get().retainUntilDate().isBefore(end)) {
            return;
        }
        var mode = held.map(ObjectLockRetention::mode)
                .filter(ObjectLockRetentionMode.COMPLIANCE::equals)
                .orElse(ObjectLockRetentionMode.fromValue(
                        calls.settings().lockMode().name()));
        try {
            calls.call(
                    bucket.action("lock", key),
                    s3 -> s3.putObjectRetention(r -> r.bucket(bucket.name())
                            .key(key.path())
                            .versionId(version.isEmpty() ? null : version)
                            .retention(t -> t.mode(mode).retainUntilDate(end))));
        } catch (StoreException e) {
            if (none(e)) {
                throw new StoreException(
                        Kind.OTHER,
                        bucket.action("lock", key)
                                + ": the bucket has no object lock; it can be chosen only when a bucket is made",
                        e);
            }
            throw e;
        }
    }

    Optional<Instant> lockedUntil(ObjectKey key, String version) throws StoreException, InterruptedException {
        return retention(key, version).map(ObjectLockRetention::retainUntilDate);
    }

    private Optional<ObjectLockRetention> retention(ObjectKey key, String version)
            throws StoreException, InterruptedException {
        try {
            return Optional.ofNullable(calls.call(
                                    bucket.action("ask for the lock of", key),
                                    s3 -> s3.getObjectRetention(r -> r.bucket(bucket.name())
                                            .key(key.path())
                                            .versionId(version.isEmpty() ? null : version)))
                            .retention())
                    .filter(retention -> retention.retainUntilDate() != null);
        } catch (StoreException e) {
            if (none(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** S3 says "no lock" in several ways: an object without one, or a bucket that was made without (400 InvalidRequest). */
    private static boolean none(StoreException e) {
        return e.getCause() instanceof ObjectStoreException answer
                && (NO_LOCK.contains(answer.code())
                        || (answer.status() == 400 && answer.code().equals("InvalidRequest")));
    }

    private static boolean notBuilt(StoreException e) {
        return e.getCause() instanceof ObjectStoreException answer && answer.status() == 501;
    }
}
