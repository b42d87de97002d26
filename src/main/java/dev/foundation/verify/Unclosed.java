package dev.foundation.verify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets a reader close what it has opened itself, and leaves the source open: it is read on to its end. */
final class Unclosed extends FilterInputStream {
    Unclosed(InputStream source) {
        super(source);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return in.read(buffer, offset, length);
    }

    @Override
    public void close() {
        // Not ours.
    }
}
