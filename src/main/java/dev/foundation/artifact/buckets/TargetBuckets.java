package dev.foundation.artifact.buckets;

import dev.foundation.bundle.BlobObject;
import dev.foundation.objectstore.S3Access;
import dev.foundation.objectstore.S3Clients;
import dev.foundation.objectstore.S3Errors;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The S3 server that gets its objects back, as its administrator. Safe for many threads. */
final class TargetBuckets implements AutoCloseable {
    /** Objects up to this size travel in one piece, and larger ones in parts of at least this. */
    static final int PART = 8 << 20;

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int MOST_PARTS = 9_000;
    /** A bucket of its own: no user but the administrator sees it, and no backup takes it along. */
    private static final String MARKS = "foundation-restore";

    private static final String MARK = "mark";

    private final S3Access access;
    private final S3Client s3;

    TargetBuckets(S3Access access) {
        this.access = access;
        this.s3 = S3Clients.builder(access, TIMEOUT).build();
    }

    Optional<String> mark() throws IOException {
        try {
            return Optional.of(call(
                    "read the restore's mark",
                    client -> client.getObjectAsBytes(r -> r.bucket(MARKS).key(MARK))
                            .asUtf8String()));
        } catch (IOException e) {
            if (e.getCause() instanceof NoSuchBucketException || e.getCause() instanceof NoSuchKeyException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    void mark(String text) throws IOException {
        call("make a bucket for the restore's mark", client -> {
            if (client.listBuckets().buckets().stream()
                    .noneMatch(each -> each.name().equals(MARKS))) {
                client.createBucket(r -> r.bucket(MARKS));
            }
            return client.putObject(
                    r -> r.bucket(MARKS).key(MARK), RequestBody.fromString(text, StandardCharsets.UTF_8));
        });
    }

    /** Some object of the bucket, or a version of one that was deleted; empty if it never held any. */
    Optional<String> first(String bucket) throws IOException {
        var page = call(
                "list bucket " + bucket,
                client -> client.listObjectVersions(r -> r.bucket(bucket).maxKeys(1)));
        return page.versions().stream()
                .map(each -> each.key())
                .findFirst()
                .or(() -> page.deleteMarkers().stream().map(each -> each.key()).findFirst());
    }

    boolean exists(String bucket) throws IOException {
        return call("list the buckets", client -> client.listBuckets().buckets()).stream()
                .anyMatch(each -> each.name().equals(bucket));
    }

    /** One that nobody but the administrator sees. */
    void make(String bucket) throws IOException {
        if (!exists(bucket)) {
            var ignored = call("make bucket " + bucket, client -> client.createBucket(r -> r.bucket(bucket)));
        }
    }

    /** Every key that is there now, with its size. */
    Map<String, Long> keys(String bucket, String prefix) throws IOException {
        Map<String, Long> found = new HashMap<>();
        call("list bucket " + bucket, client -> {
            client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix))
                    .contents()
                    .forEach(each -> found.put(each.key(), each.size()));
            return found;
        });
        return found;
    }

    /** In a bucket that keeps versions, what was there stays as one. */
    void delete(String bucket, String key) throws IOException {
        var ignored = call(
                "delete " + key + " in bucket " + bucket,
                client -> client.deleteObject(r -> r.bucket(bucket).key(key)));
    }

    /**
     * To the same key of another bucket, within the server, with type and metadata.
     *
     * @param piece objects above this size go in parts of it; at most what one call can copy, which is 5 GiB
     */
    void copy(String bucket, String key, String to, long piece) throws IOException {
        String action = "copy " + key + " of bucket " + bucket + " to bucket " + to;
        var head =
                call(action, client -> client.headObject(r -> r.bucket(bucket).key(key)));
        if (head.contentLength() <= piece) {
            var ignored = call(
                    action,
                    client -> client.copyObject(r -> r.sourceBucket(bucket)
                            .sourceKey(key)
                            .destinationBucket(to)
                            .destinationKey(key)));
            return;
        }
        String upload = call(
                        action,
                        client -> client.createMultipartUpload(r -> r.bucket(to)
                                .key(key)
                                .contentType(head.contentType())
                                .metadata(head.metadata())))
                .uploadId();
        boolean done = false;
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long at = 0; at < head.contentLength(); at += piece) {
                String range = "bytes=" + at + "-" + (Math.min(at + piece, head.contentLength()) - 1);
                int number = parts.size() + 1;
                var part = call(
                        action,
                        client -> client.uploadPartCopy(r -> r.sourceBucket(bucket)
                                .sourceKey(key)
                                .copySourceIfMatch(head.eTag())
                                .copySourceRange(range)
                                .destinationBucket(to)
                                .destinationKey(key)
                                .uploadId(upload)
                                .partNumber(number)));
                parts.add(CompletedPart.builder()
                        .partNumber(number)
                        .eTag(part.copyPartResult().eTag())
                        .build());
            }
            var ignored = call(
                    action,
                    client -> client.completeMultipartUpload(
                            r -> r.bucket(to).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts))));
            done = true;
        } finally {
            if (!done) {
                abort(to, key, upload);
            }
        }
    }

    /** Whether exactly this content is there. */
    boolean has(BlobObject object) throws IOException {
        String action = "look for " + words(object);
        try {
            var head = call(
                    action,
                    client -> client.headObject(r ->
                            r.bucket(object.bucket()).key(object.key().text()).checksumMode(ChecksumMode.ENABLED)));
            if (head.contentLength() != object.size()) {
                return false;
            }
            if (head.checksumSHA256() != null && !head.checksumSHA256().contains("-")) {
                return head.checksumSHA256().equals(base64(object.sha256()));
            }
        } catch (IOException e) {
            if (e.getCause() instanceof NoSuchKeyException) {
                return false;
            }
            throw e;
        }
        return call(
                action,
                client -> client.getObject(
                        r -> r.bucket(object.bucket()).key(object.key().text()),
                        (answer, body) -> digest(body).equals(object.sha256())));
    }

    private static Sha256 digest(InputStream body) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[64 << 10];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return Sha256.of(digest);
    }

    /** Content that was proved already: the server checks it once more against the list's digest. */
    void put(BlobObject object, byte[] content) throws IOException {
        call(
                "write " + words(object),
                client -> client.putObject(
                        r -> {
                            r.bucket(object.bucket())
                                    .key(object.key().text())
                                    .metadata(object.metadata())
                                    .checksumSHA256(base64(object.sha256()));
                            if (!object.contentType().isEmpty()) {
                                r.contentType(object.contentType());
                            }
                        },
                        RequestBody.fromBytes(content)));
    }

    /**
     * In parts; published only after {@code content} has ended normally.
     *
     * @param content ends normally only if it is what the list says
     */
    void put(BlobObject object, InputStream content) throws IOException {
        String action = "write " + words(object);
        String upload = call(
                        action,
                        client -> client.createMultipartUpload(r -> {
                            r.bucket(object.bucket()).key(object.key().text()).metadata(object.metadata());
                            if (!object.contentType().isEmpty()) {
                                r.contentType(object.contentType());
                            }
                        }))
                .uploadId();
        boolean done = false;
        try {
            List<CompletedPart> parts = parts(object, content, upload, action);
            call(
                    action,
                    client -> client.completeMultipartUpload(r -> r.bucket(object.bucket())
                            .key(object.key().text())
                            .uploadId(upload)
                            .multipartUpload(m -> m.parts(parts))));
            done = true;
        } finally {
            if (!done) {
                abort(object.bucket(), object.key().text(), upload);
            }
        }
    }

    private List<CompletedPart> parts(BlobObject object, InputStream content, String upload, String action)
            throws IOException {
        byte[] buffer = new byte[(int) Math.max(PART, object.size() / MOST_PARTS + 1)];
        List<CompletedPart> parts = new ArrayList<>();
        for (int n = content.readNBytes(buffer, 0, buffer.length);
                n > 0;
                n = content.readNBytes(buffer, 0, buffer.length)) {
            int number = parts.size() + 1;
            byte[] body = n == buffer.length ? buffer : Arrays.copyOf(buffer, n);
            var answer = call(
                    action,
                    client -> client.uploadPart(
                            r -> r.bucket(object.bucket())
                                    .key(object.key().text())
                                    .uploadId(upload)
                                    .partNumber(number),
                            RequestBody.fromByteBuffer(java.nio.ByteBuffer.wrap(body))));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(answer.eTag())
                    .build());
        }
        return parts;
    }

    private void abort(String bucket, String key, String upload) {
        try {
            s3.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            // Nothing of it can be seen; the bucket's rule removes it.
        }
    }

    private static String words(BlobObject object) {
        return object.key().text() + " in bucket " + object.bucket();
    }

    private static String base64(Sha256 digest) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.hex()));
    }

    private <T> T call(String action, Function<S3Client, T> work) throws IOException {
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
