package dev.foundation.store.s3;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gathers parts. An object that fits into one is sent by one request on completion; a larger one goes part by part. */
final class S3Upload implements Upload {
    private static final int SMALLEST_BUFFER = 64 * 1024;
    private final S3Calls calls;
    private final Bucket bucket;
    private final ObjectKey key;
    private final Publication publication;
    private final PartSizes sizes;
    private int number = 1;
    private byte[] buffer;
    private int filled;
    private long size;
    private @Nullable Multipart multipart;
    private boolean ended;

    S3Upload(S3Calls calls, Bucket bucket, ObjectKey key, Publication publication) {
        this.calls = calls;
        this.bucket = bucket;
        this.key = key;
        this.publication = publication;
        this.sizes = new PartSizes(calls.settings().partBytes());
        this.buffer = new byte[Math.min(SMALLEST_BUFFER, sizes.of(1))];
    }

    @Override
    public void write(byte[] source, int offset, int length) throws StoreException, InterruptedException {
        open();
        int done = 0;
        while (done < length) {
            if (filled == sizes.of(number)) {
                send();
            }
            if (filled == buffer.length) {
                grow();
            }
            int count = Math.min(length - done, buffer.length - filled);
            System.arraycopy(source, offset + done, buffer, filled, count);
            filled += count;
            done += count;
        }
        size += length;
    }

    /** Most objects are small: a buffer has a part's size only once so much has come. */
    private void grow() {
        buffer = Arrays.copyOf(buffer, (int) Math.min(sizes.of(number), 4L * buffer.length));
    }

    private void send() throws StoreException, InterruptedException {
        Multipart parts = multipart;
        if (parts == null) {
            parts = Multipart.begin(calls, bucket, key, publication);
            multipart = parts;
        }
        parts.send(number, buffer, filled);
        number++;
        filled = 0;
        buffer = parts.buffer(sizes.of(number));
    }

    @Override
    public StoredObject complete() throws StoreException, InterruptedException {
        open();
        Multipart parts = multipart;
        if (parts == null) {
            StoredObject stored = publication.single(buffer, filled);
            ended = true;
            return stored;
        }
        if (filled > 0) {
            parts.send(number, buffer, filled);
        }
        StoredObject stored = parts.complete(size);
        ended = true;
        return stored;
    }

    private void open() {
        if (ended) {
            throw new IllegalStateException(bucket.action("write", key) + ": this upload has ended");
        }
    }

    @Override
    public void close() {
        if (!ended && multipart != null) {
            multipart.abort();
        }
        ended = true;
        buffer = new byte[0];
    }
}
