package dev.foundation.store.s3;

import dev.foundation.objectstore.S3Access;
import dev.foundation.store.StoreException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/** Buckets of others, with keys of any kind, read as {@link S3Store} reads its own: tried again, taken up where it broke, and interruptible. */
public final class S3Reads implements AutoCloseable {
    private final S3Calls calls;

    /** An object's bytes, and what the server told with them. @param metadata the user's own, without S3's prefix */
    public record Opened(InputStream stream, String contentType, Map<String, String> metadata) {
        public Opened {
            metadata = Map.copyOf(metadata);
        }
    }

    public S3Reads(S3Access access) {
        this(access, S3Settings.usual(true), Thread::sleep);
    }

    S3Reads(S3Access access, S3Settings settings, Pause pause) {
        this.calls = new S3Calls(access, settings, pause);
    }

    /** One page of all versions and deletions, newest first within a key. @param last the page before; empty for the first */
    public ListObjectVersionsResponse versions(String bucket, Optional<ListObjectVersionsResponse> last)
            throws StoreException, InterruptedException {
        return calls.call(
                "list bucket " + bucket,
                s3 -> s3.listObjectVersions(r -> {
                    r.bucket(bucket).encodingType(EncodingType.URL);
                    last.ifPresent(
                            each -> r.keyMarker(each.nextKeyMarker()).versionIdMarker(each.nextVersionIdMarker()));
                }));
    }

    /**
     * @param action begins every message
     * @param version empty text for the newest
     * @param tag empty text for any; else only what still has this one is read
     * @throws StoreException while reading, too: {@code DAMAGED} if the bytes are not those whose checksum the server keeps, or it was replaced
     */
    public Opened open(String action, String bucket, String key, String version, String tag)
            throws StoreException, InterruptedException {
        S3Stream stream = S3Stream.open(calls, new S3Stream.Wanted(action, bucket, key, version, tag, true));
        String type = stream.told().contentType();
        return new Opened(stream, type == null ? "" : type, stream.told().metadata());
    }

    @Override
    public void close() {
        calls.close();
    }
}
