package dev.foundation.store.s3;

import dev.foundation.objectstore.S3Access;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A bucket as a store. What it rests on: {@code If-None-Match: *} on put and on completing a multipart upload (a taken key answers 412), and an
 * object that appears whole. Keys that could not be {@link ObjectKey}s are left out of listings.
 */
public final class S3Store implements ObjectStore {
    private static final Duration ABANDONED = Duration.ofDays(1);
    private final String name;
    private final S3Access access;
    private final Bucket bucket;
    private final S3Calls calls;
    private final S3Objects objects;
    private final S3Listing listing;
    private final S3Locks locks;

    public S3Store(String name, S3Access access, String bucket, boolean pathStyle) {
        this(name, access, bucket, S3Settings.usual(pathStyle));
    }

    public S3Store(String name, S3Access access, String bucket, S3Settings settings) {
        this(name, access, bucket, settings, Thread::sleep);
    }

    S3Store(String name, S3Access access, String bucket, S3Settings settings, Pause pause) {
        this.name = name;
        this.access = access;
        this.bucket = new Bucket(name, bucket);
        this.calls = new S3Calls(access, settings, pause);
        this.objects = new S3Objects(calls, this.bucket);
        this.listing = new S3Listing(calls, this.bucket);
        this.locks = new S3Locks(calls, this.bucket);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String place() {
        return access.endpoint() + ", bucket " + bucket.name();
    }

    @Override
    public Traits traits() throws StoreException, InterruptedException {
        return locks.traits();
    }

    /** Asks nothing yet: a taken key shows on completion, or as soon as the object turns out to need several parts. */
    @Override
    public Upload begin(ObjectKey key) {
        return new S3Upload(calls, bucket, key, new Publication(calls, objects, bucket, key, false));
    }

    @Override
    public Upload again(ObjectKey key) throws StoreException, InterruptedException {
        if (!traits().versioned()) {
            return ObjectStore.super.again(key);
        }
        return new S3Upload(calls, bucket, key, new Publication(calls, objects, bucket, key, true));
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) throws StoreException, InterruptedException {
        return objects.head(key, "").map(answer -> S3Objects.stored(key, answer));
    }

    @Override
    public InputStream open(ObjectKey key, String version) throws StoreException, InterruptedException {
        return S3Stream.open(
                calls, new S3Stream.Wanted(bucket.action("read", key), bucket.name(), key.path(), version, "", false));
    }

    @Override
    public InputStream open(ObjectKey key) throws StoreException, InterruptedException {
        return open(key, "");
    }

    @Override
    public List<StoredObject> versions(ObjectKey key) throws StoreException, InterruptedException {
        return listing.versions(key).reversed().stream()
                .flatMap(each -> each.object().stream())
                .toList();
    }

    @Override
    public List<StoredObject> versions(String prefix) throws StoreException, InterruptedException {
        List<StoredObject> newestFirst = listing.versions(prefix);
        // By key, and only then the other way round: a stable sort keeps each key's order.
        return newestFirst.reversed().stream()
                .sorted(Comparator.comparing(each -> each.key().path()))
                .toList();
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) throws StoreException, InterruptedException {
        listing.list(prefix, each);
    }

    @Override
    public List<String> folders() throws StoreException, InterruptedException {
        return listing.folders();
    }

    @Override
    public void delete(ObjectKey key) throws StoreException, InterruptedException {
        for (var version : listing.versions(key).reversed()) {
            calls.call(
                    bucket.action("delete version " + version.id() + " of", key),
                    s3 -> s3.deleteObject(
                            r -> r.bucket(bucket.name()).key(key.path()).versionId(version.id())));
        }
    }

    @Override
    public void lock(ObjectKey key, String version, Instant until) throws StoreException, InterruptedException {
        locks.lock(key, version, until);
    }

    /** As the server tells it; it may be a moment that has passed. */
    @Override
    public Optional<Instant> lockedUntil(ObjectKey key, String version) throws StoreException, InterruptedException {
        return locks.lockedUntil(key, version);
    }

    /**
     * Removes multipart uploads that killed processes have left and that began more than a day ago.
     *
     * @return how many
     */
    public int sweep(Instant now) throws StoreException, InterruptedException {
        return listing.abandon(now.minus(ABANDONED));
    }

    @Override
    public void close() {
        calls.close();
    }
}
