package dev.foundation.agent;

import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.artifact.buckets.SourceObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of buckets as a pax tar, pulled: {@code <bucket>/<key>}, contents only. An object that cannot be read to its end fails the whole stream.
 * Keys that are no UTF-8 are in base64, behind {@code %base64-}.
 */
final class BucketsTar extends InputStream {
    private static final int BLOCK = 256 * 1024;

    private final BlobSource source;
    private final Queue<SourceObject> objects = new ArrayDeque<>();
    private final ByteArrayOutputStream made = new ByteArrayOutputStream(2 * BLOCK);
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(made, "UTF-8");
    private byte[] ready = new byte[0];
    private int at;
    private boolean finished;
    private @Nullable InputStream content;

    BucketsTar(BlobSource source, List<String> buckets, Instant now) throws IOException, InterruptedException {
        this.source = source;
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (String bucket : buckets) {
            source.list(bucket, now, objects::add);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (at == ready.length) {
            if (finished) {
                return -1;
            }
            produce();
            ready = made.toByteArray();
            made.reset();
            at = 0;
        }
        int count = Math.min(length, ready.length - at);
        System.arraycopy(ready, at, buffer, offset, count);
        at += count;
        return count;
    }

    private void produce() throws IOException {
        if (content != null) {
            byte[] some = content.readNBytes(BLOCK);
            tar.write(some);
            if (some.length < BLOCK) {
                content.close();
                content = null;
                tar.closeArchiveEntry(); // fails if there were less bytes than the listing said
            }
            return;
        }
        SourceObject next = objects.poll();
        if (next == null) {
            tar.finish();
            finished = true;
            return;
        }
        String key = next.key().base64()
                ? "%base64-" + next.key().text()
                : next.key().text();
        var entry = new TarArchiveEntry(next.bucket() + "/" + key, true);
        entry.setSize(next.size());
        entry.setMode(0100600);
        entry.setModTime(Date.from(next.modified()));
        tar.putArchiveEntry(entry);
        try {
            content = source.open(next).stream();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while reading " + next.bucket(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (content != null) {
            content.close();
        }
        source.close();
    }
}
