package dev.foundation.verify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers why its source failed, so that a reader's complaint is not taken for the cause; and stops a source that goes on after its size. */
final class Watched extends FilterInputStream {
    private final long size;
    private long left;
    private @Nullable IOException failure;

    Watched(InputStream source, long size) {
        super(source);
        this.size = size;
        this.left = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            int read = in.read(buffer, offset, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new IOException("goes on after the " + size + " bytes that it should have");
            }
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public long skip(long count) {
        return 0; // what is skipped would not be counted; callers then read instead
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }
}
