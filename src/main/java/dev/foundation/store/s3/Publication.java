package dev.foundation.store.s3;

import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The moment an object gets its key. A request whose answer was lost may have worked, and a second one then finds the key taken: by its own mark
 * (user metadata) an upload knows its own object.
 */
final class Publication {
    private static final String MARK = "foundation-upload";
    private final S3Calls calls;
    private final S3Objects objects;
    private final Bucket bucket;
    private final ObjectKey key;
    private final boolean again;
    private final String mark = UUID.randomUUID().toString();

    /** @param again a version over what is there, in a bucket that keeps the old ones */
    Publication(S3Calls calls, S3Objects objects, Bucket bucket, ObjectKey key, boolean again) {
        this.calls = calls;
        this.objects = objects;
        this.bucket = bucket;
        this.key = key;
        this.again = again;
    }

    /** The value of {@code If-None-Match}. */
    @Nullable
    String condition() {
        return again ? null : "*";
    }

    /** @throws StoreException with {@code EXISTS} if it is clear by now that this could only end so */
    void look() throws StoreException, InterruptedException {
        if (!again && objects.head(key, "").isPresent()) {
            throw taken(null);
        }
    }

    Map<String, String> metadata() {
        return Map.of(MARK, mark);
    }

    String action() {
        return bucket.action("write", key);
    }

    StoredObject single(byte[] bytes, int length) throws StoreException, InterruptedException {
        var integrity = calls.settings().integrity();
        var digest = PartDigest.base64(PartDigest.of(integrity, bytes, length));
        var request = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(key.path())
                .ifNoneMatch(condition())
                .metadata(metadata())
                .checksumSHA256(integrity == S3Settings.Integrity.SHA256 ? digest : null)
                .contentMD5(integrity == S3Settings.Integrity.MD5 ? digest : null)
                .build();
        var version = write(s3 ->
                S3Objects.version(s3.putObject(request, body(bytes, length)).versionId()));
        return confirm(version, length, integrity == S3Settings.Integrity.SHA256 ? digest : "");
    }

    static RequestBody body(byte[] bytes, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
    }

    /**
     * Runs what publishes, and tells the version that is there afterwards.
     *
     * @throws StoreException with {@code EXISTS} if another object has the key
     */
    String write(Function<S3Client, String> work) throws StoreException, InterruptedException {
        try {
            return calls.call(action(), work, this::done);
        } catch (StoreException e) {
            throw explained(e);
        }
    }

    private Optional<String> done(ObjectStoreException failure) throws StoreException, InterruptedException {
        if (!S3Faults.mayHaveWorked(failure)) {
            return Optional.empty();
        }
        Optional<HeadObjectResponse> there = objects.glance(key);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        if (mark.equals(there.get().metadata().get(MARK))) {
            return Optional.of(S3Objects.version(there.get().versionId()));
        }
        if (again) {
            return Optional.empty(); // what is there is what was there before
        }
        throw taken(failure);
    }

    StoreException taken(@Nullable Throwable cause) {
        return new StoreException(
                Kind.EXISTS, action() + ": the key is taken, and nothing there is ever written over", cause);
    }

    /** The errors that are known to mean more than they say. */
    static StoreException explained(StoreException e) {
        if (e.getCause() instanceof ObjectStoreException answer && answer.status() == 500) {
            return new StoreException(
                    e.kind(), e.getMessage() + "; the disk there may be full (RustFS says no more than this then)", e);
        }
        return e;
    }

    /** Asks again what is there now. A server's "done" alone proves little (P6). */
    StoredObject confirm(String version, long size, String checksum) throws StoreException, InterruptedException {
        var answer = objects.head(key, version.equals(S3Objects.NO_VERSION) ? "" : version)
                .orElseThrow(() -> new StoreException(
                        Kind.DAMAGED, action() + ": the server says it was written, and that it is not there", null));
        var stored = S3Objects.stored(key, answer);
        if (stored.size() != size) {
            throw new StoreException(
                    Kind.DAMAGED, action() + ": " + size + " bytes were sent, " + stored.size() + " are there", null);
        }
        if (!mark.equals(answer.metadata().getOrDefault(MARK, mark))) {
            throw new StoreException(
                    Kind.DAMAGED,
                    action() + ": somebody has overwritten it since; are two foundations at work here?",
                    null);
        }
        var told = answer.checksumSHA256();
        if (told != null
                && !checksum.isEmpty()
                && told.contains("-") == checksum.contains("-")
                && !told.equals(checksum)) {
            throw new StoreException(
                    Kind.DAMAGED, action() + ": the server's SHA-256 of it is not that of the bytes sent", null);
        }
        return stored;
    }
}
