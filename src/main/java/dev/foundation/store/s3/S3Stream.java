package dev.foundation.store.s3;

import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A version's bytes. A broken connection is taken up again where it broke, in the same version; a server that breaks at the same byte again and
 * again has a damaged object.
 */
final class S3Stream extends InputStream {
    private final S3Calls calls;
    private final S3Objects objects;
    private final Bucket bucket;
    private final ObjectKey key;
    private final String version;
    private final String tag;
    private final long size;
    private ResponseInputStream<GetObjectResponse> body;
    private long position;
    private int broken;

    private S3Stream(
            S3Calls calls,
            S3Objects objects,
            Bucket bucket,
            ObjectKey key,
            ResponseInputStream<GetObjectResponse> body,
            String version,
            long size) {
        this.calls = calls;
        this.objects = objects;
        this.bucket = bucket;
        this.key = key;
        this.body = body;
        this.version = version;
        this.tag = body.response().eTag() == null ? "" : body.response().eTag();
        this.size = size;
    }

    /** @param version empty text for the newest */
    static S3Stream open(S3Calls calls, S3Objects objects, Bucket bucket, ObjectKey key, String version)
            throws StoreException, InterruptedException {
        var request = GetObjectRequest.builder().bucket(bucket.name()).key(key.path());
        if (!version.isEmpty()) {
            request.versionId(version);
        }
        var body = get(calls, objects, bucket, key, version, request.build());
        Long length = body.response().contentLength();
        if (length == null || length < 0) {
            body.abort();
            throw new StoreException(
                    Kind.OTHER, bucket.action("read", key) + ": the server does not say how long it is", null);
        }
        String told = body.response().versionId();
        return new S3Stream(calls, objects, bucket, key, body, told == null ? version : told, length);
    }

    private static ResponseInputStream<GetObjectResponse> get(
            S3Calls calls, S3Objects objects, Bucket bucket, ObjectKey key, String version, GetObjectRequest request)
            throws StoreException, InterruptedException {
        try {
            return calls.call(bucket.action("read", key), s3 -> s3.getObject(request));
        } catch (StoreException e) {
            if (e.getCause() instanceof ObjectStoreException answer) {
                if (answer.status() == 412) {
                    throw new StoreException(
                            Kind.DAMAGED, bucket.action("read", key) + ": it was replaced while being read", e);
                }
                // RustFS answers so, and for ever, when it finds damage; what it knows of the object it still tells.
                if (S3Faults.slowDown(answer) && objects.head(key, version).isPresent()) {
                    throw new StoreException(
                            Kind.DAMAGED,
                            e.getMessage() + "; it is listed, but cannot be read: the object is damaged there",
                            e);
                }
            }
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position < size) {
            stopIfInterrupted(null);
            @Nullable IOException cause = null;
            try {
                int read = body.read(buffer, offset, (int) Math.min(length, size - position));
                if (read > 0) {
                    position += read;
                    broken = 0;
                    return read;
                }
            } catch (IOException e) {
                cause = e;
            } catch (RuntimeException e) {
                cause = new IOException(e); // the SDK's own, of an aborted stream
            }
            resume(cause);
        }
        return -1;
    }

    private void stopIfInterrupted(@Nullable Throwable cause) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            var stopped = new InterruptedIOException(bucket.action("read", key) + ": interrupted");
            stopped.initCause(cause);
            throw stopped;
        }
    }

    private void resume(@Nullable IOException cause) throws IOException {
        stopIfInterrupted(cause);
        body.abort();
        broken++;
        if (broken >= calls.settings().tries()) {
            throw new StoreException(
                    Kind.DAMAGED,
                    bucket.action("read", key) + ": it ends at byte " + position + " of " + size + " each of " + broken
                            + " times: the object is damaged there, or something on the way cuts it",
                    cause);
        }
        try {
            calls.pause().before(broken);
            var request = GetObjectRequest.builder()
                    .bucket(bucket.name())
                    .key(key.path())
                    .range("bytes=" + position + "-");
            if (!version.isEmpty()) {
                request.versionId(version);
            }
            if (!tag.isEmpty()) {
                request.ifMatch(tag);
            }
            body = get(calls, objects, bucket, key, version, request.build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopIfInterrupted(e);
        }
        String range = body.response().contentRange();
        if (range == null || !range.equals("bytes " + position + "-" + (size - 1) + "/" + size)) {
            body.abort();
            throw new StoreException(
                    Kind.OTHER,
                    bucket.action("read", key) + ": the connection broke at byte " + position
                            + ", and the server does not go on from there; read it again",
                    cause);
        }
    }

    @Override
    public void close() {
        if (position < size) {
            body.abort(); // closing would read the rest
        } else {
            closeQuietly();
        }
    }

    private void closeQuietly() {
        try {
            body.close();
        } catch (IOException e) {
            body.abort(); // every byte was read: what is left is only the connection
        }
    }
}
