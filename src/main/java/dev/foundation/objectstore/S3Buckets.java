package dev.foundation.objectstore;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Buckets of any S3 server, addressed by path. Every method throws {@link ObjectStoreException}. */
public final class S3Buckets implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private final S3Access access;
    private final S3Client s3;

    public S3Buckets(S3Access access) {
        this.access = access;
        this.s3 = S3Clients.builder(access, TIMEOUT).build();
    }

    /** What an existing bucket is like. */
    public record State(boolean versioning, boolean objectLock) {}

    public Optional<State> find(String bucket) throws ObjectStoreException {
        if (!exists(bucket)) {
            return Optional.empty();
        }
        var versioning =
                call("read the versioning of bucket " + bucket, s3 -> s3.getBucketVersioning(r -> r.bucket(bucket)));
        return Optional.of(new State(versioning.status() == BucketVersioningStatus.ENABLED, lock(bucket)));
    }

    private boolean exists(String bucket) throws ObjectStoreException {
        try {
            call("look for bucket " + bucket, s3 -> s3.headBucket(r -> r.bucket(bucket)));
            return true;
        } catch (ObjectStoreException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private boolean lock(String bucket) throws ObjectStoreException {
        try {
            var answer = call(
                    "read the object lock of bucket " + bucket,
                    s3 -> s3.getObjectLockConfiguration(r -> r.bucket(bucket)));
            return answer.objectLockConfiguration() != null
                    && answer.objectLockConfiguration().objectLockEnabledAsString() != null;
        } catch (ObjectStoreException e) {
            if (e.status() == 404 || e.code().equals("ObjectLockConfigurationNotFoundError")) {
                return false;
            }
            throw e;
        }
    }

    /** Object lock can be chosen only here, and brings versioning with it. */
    public void create(String bucket, boolean objectLock) throws ObjectStoreException {
        call(
                "create bucket " + bucket,
                s3 -> s3.createBucket(r -> r.bucket(bucket).objectLockEnabledForBucket(objectLock)));
    }

    /** Off means suspended: S3 never forgets that a bucket had versions. */
    public void setVersioning(String bucket, boolean on) throws ObjectStoreException {
        call(
                "switch versioning of bucket " + bucket,
                s3 -> s3.putBucketVersioning(r -> r.bucket(bucket)
                        .versioningConfiguration(v ->
                                v.status(on ? BucketVersioningStatus.ENABLED : BucketVersioningStatus.SUSPENDED))));
    }

    /** Whether it has no object, no older version and no delete marker. */
    public boolean isEmpty(String bucket) throws ObjectStoreException {
        var page = call(
                "list bucket " + bucket,
                s3 -> s3.listObjectVersions(r -> r.bucket(bucket).maxKeys(1)));
        return page.versions().isEmpty() && page.deleteMarkers().isEmpty();
    }

    /**
     * Deletes every object and version. What object lock holds stays, and is an error.
     *
     * @param between called before each page of up to 1,000
     */
    public void empty(String bucket, Pause between) throws ObjectStoreException, InterruptedException {
        while (true) {
            between.check();
            var page = call("list bucket " + bucket, s3 -> s3.listObjectVersions(r -> r.bucket(bucket)));
            var doomed = java.util.stream.Stream.concat(
                            page.versions().stream().map(v -> id(v.key(), v.versionId())),
                            page.deleteMarkers().stream().map(m -> id(m.key(), m.versionId())))
                    .toList();
            if (doomed.isEmpty()) {
                return;
            }
            delete(bucket, doomed);
        }
    }

    private void delete(String bucket, List<ObjectIdentifier> doomed) throws ObjectStoreException {
        for (var one : doomed) {
            call(
                    "delete " + one.key() + " in bucket " + bucket,
                    s3 -> s3.deleteObject(r -> r.bucket(bucket).key(one.key()).versionId(one.versionId())));
        }
    }

    private static ObjectIdentifier id(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }

    /** Lets the caller stop a long run. */
    @FunctionalInterface
    public interface Pause {
        void check() throws InterruptedException;
    }

    /** Deletes an empty bucket; one that is gone already is no error. */
    public void delete(String bucket) throws ObjectStoreException {
        try {
            call("delete bucket " + bucket, s3 -> s3.deleteBucket(r -> r.bucket(bucket)));
        } catch (ObjectStoreException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    public List<String> list() throws ObjectStoreException {
        return call("list the buckets", S3Client::listBuckets).buckets().stream()
                .map(b -> b.name())
                .toList();
    }

    /** The bucket's policy as JSON; empty if it has none. */
    Optional<String> policy(String bucket) throws ObjectStoreException {
        try {
            return Optional.of(
                    call("read the policy of bucket " + bucket, s3 -> s3.getBucketPolicy(r -> r.bucket(bucket)))
                            .policy());
        } catch (ObjectStoreException e) {
            if (e.code().equals("NoSuchBucketPolicy") || e.code().equals("NoSuchBucket") || e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    void setPolicy(String bucket, String json) throws ObjectStoreException {
        call(
                "write the policy of bucket " + bucket,
                s3 -> s3.putBucketPolicy(r -> r.bucket(bucket).policy(json)));
    }

    void removePolicy(String bucket) throws ObjectStoreException {
        call("remove the policy of bucket " + bucket, s3 -> s3.deleteBucketPolicy(r -> r.bucket(bucket)));
    }

    private <T> T call(String action, Function<S3Client, T> work) throws ObjectStoreException {
        try {
            return work.apply(s3);
        } catch (SdkException e) {
            throw S3Errors.of(action, access, e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
