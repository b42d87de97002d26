package dev.foundation.store.s3;

import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A version's bytes. A broken connection is taken up again where it broke, in the same version; a server that breaks at the same byte again and
 * again has a damaged object.
 */
final class S3Stream extends InputStream {
    private final S3Calls calls;
    private final Wanted wanted;
    private final String version;
    private final String tag;
    private final long size;
    private ResponseInputStream<GetObjectResponse> body;
    private long position;
    private int broken;
    /** The SDK compares the object's checksum at the end of an answer that has all of it. */
    private boolean compared;

    /**
     * What is to be read.
     *
     * @param action begins every message
     * @param version empty text for the newest
     * @param tag empty text for any; else it must still have this one
     * @param compare ask for the checksum that the server keeps, and hold the bytes against it
     */
    record Wanted(String action, String bucket, String key, String version, String tag, boolean compare) {
        GetObjectRequest.Builder request(String version, String tag) {
            return GetObjectRequest.builder()
                    .bucket(bucket)
                    .key(key)
                    .versionId(version.isEmpty() ? null : version)
                    .ifMatch(tag.isEmpty() ? null : tag);
        }
    }

    private S3Stream(
            S3Calls calls, Wanted wanted, ResponseInputStream<GetObjectResponse> body, String version, long size) {
        this.calls = calls;
        this.wanted = wanted;
        this.body = body;
        this.version = version;
        this.tag = body.response().eTag() == null ? "" : body.response().eTag();
        this.size = size;
        this.compared = !wanted.compare();
    }

    static S3Stream open(S3Calls calls, Wanted wanted) throws StoreException, InterruptedException {
        var request = wanted.request(wanted.version(), wanted.tag())
                .checksumMode(wanted.compare() ? ChecksumMode.ENABLED : null);
        var body = get(calls, wanted, request.build());
        Long length = body.response().contentLength();
        if (length == null || length < 0) {
            body.abort();
            throw new StoreException(Kind.OTHER, wanted.action() + ": the server does not say how long it is", null);
        }
        String told = body.response().versionId();
        return new S3Stream(calls, wanted, body, told == null ? wanted.version() : told, length);
    }

    /** As the server told it with the first bytes. */
    GetObjectResponse told() {
        return body.response();
    }

    private static ResponseInputStream<GetObjectResponse> get(S3Calls calls, Wanted wanted, GetObjectRequest request)
            throws StoreException, InterruptedException {
        try {
            return calls.call(wanted.action(), s3 -> s3.getObject(request));
        } catch (StoreException e) {
            if (e.getCause() instanceof ObjectStoreException answer) {
                if (answer.status() == 412) {
                    throw new StoreException(Kind.DAMAGED, wanted.action() + ": it was replaced while being read", e);
                }
                // RustFS answers so, and for ever, when it finds damage; what it knows of the object it still tells.
                if (S3Faults.slowDown(answer) && listed(calls, wanted)) {
                    throw new StoreException(
                            Kind.DAMAGED,
                            e.getMessage() + "; it is listed, but cannot be read: the object is damaged there",
                            e);
                }
            }
            throw e;
        }
    }

    private static boolean listed(S3Calls calls, Wanted wanted) throws StoreException, InterruptedException {
        try {
            var unused = calls.call(
                    wanted.action() + " (is it there?)",
                    s3 -> s3.headObject(r -> r.bucket(wanted.bucket())
                            .key(wanted.key())
                            .versionId(wanted.version().isEmpty() ? null : wanted.version())));
            return true;
        } catch (StoreException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return false;
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
        compare();
        return -1;
    }

    private void compare() throws StoreException {
        if (!compared) {
            compared = true;
            try {
                int unused = body.read();
            } catch (IOException | RuntimeException e) {
                throw new StoreException(
                        Kind.DAMAGED, wanted.action() + ": it is not what was written there: " + e.getMessage(), e);
            }
        }
    }

    private void stopIfInterrupted(@Nullable Throwable cause) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            var stopped = new InterruptedIOException(wanted.action() + ": interrupted");
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
                    wanted.action() + ": it ends at byte " + position + " of " + size + " each of " + broken
                            + " times: the object is damaged there, or something on the way cuts it",
                    cause);
        }
        try {
            calls.pause().before(broken);
            body = get(
                    calls,
                    wanted,
                    wanted.request(version, tag)
                            .range("bytes=" + position + "-")
                            .build());
            compared = true; // a part of an object has no checksum
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopIfInterrupted(e);
        }
        String range = body.response().contentRange();
        if (range == null || !range.equals("bytes " + position + "-" + (size - 1) + "/" + size)) {
            body.abort();
            throw new StoreException(
                    Kind.OTHER,
                    wanted.action() + ": the connection broke at byte " + position
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
