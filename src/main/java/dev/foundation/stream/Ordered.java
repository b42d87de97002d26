package dev.foundation.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose blocks are transformed side by side and yielded in the order of the source. Its threads start with the first read and are gone
 * when it has ended, failed, or was closed.
 *
 * <p>The source is read on a thread of this stream's own, never by two at once; what that thread did (a {@link Digesting}'s digest) is visible to
 * whoever has seen the end of this stream. The first failure in the order of the source, of the source or of a transform, is thrown where it
 * stands, after the whole blocks before it; then again at each read. A reader that is interrupted gets {@link InterruptedIOException}, keeps its
 * interrupt, and the stream is closed.
 *
 * <p>One thread reads; any thread may close. Closing closes the source, also while it is being read: that is what ends a blocked read.
 */
public final class Ordered extends InputStream {
    private final InputStream source;
    private final Line line;
    private byte[] bytes;
    private int position;
    private int limit;
    private @Nullable Block block;
    private @Nullable Throwable failure;
    private boolean ended;

    /**
     * @param name what its threads are called
     * @param head yielded before everything else
     * @param blockSize of the source's blocks, in bytes
     * @param workers most blocks transformed at a time
     */
    public Ordered(
            InputStream source,
            String name,
            byte[] head,
            int blockSize,
            int workers,
            Supplier<? extends Transform> transforms) {
        this.source = source;
        this.line = new Line(source, name, blockSize, workers, transforms);
        this.bytes = head.clone();
        this.limit = head.length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        while (position == limit) {
            if (!advance()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(bytes, position, buffer, offset, count);
        position += count;
        return count;
    }

    private boolean advance() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IOException(failure);
        }
        if (ended) {
            return false;
        }
        try {
            Block next = line.next(block);
            block = next;
            bytes = next.output();
            position = 0;
            limit = next.size();
            failure = next.failure();
            ended = next.last();
            if (failure != null) {
                line.stop();
            }
            return true;
        } catch (InterruptedException e) {
            InterruptedIOException problem = new InterruptedIOException("interrupted while waiting for a stream");
            failure = problem;
            try {
                close();
            } catch (IOException closing) {
                problem.addSuppressed(closing);
            }
            Thread.currentThread().interrupt();
            throw problem;
        }
    }

    @Override
    public int available() {
        return limit - position;
    }

    @Override
    public void close() throws IOException {
        line.stop();
        try {
            source.close();
        } finally {
            line.join();
        }
    }
}
