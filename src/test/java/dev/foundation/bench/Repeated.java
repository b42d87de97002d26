package dev.foundation.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The first bytes of a file from memory, again and again: longer apart than any block that the engine compresses. */
final class Repeated extends InputStream {
    private static final int HELD = 48 << 20;

    private final byte[] bytes;
    private long left;
    private int at;

    Repeated(Path file, long size) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(HELD);
        }
        if (bytes.length == 0) {
            throw new IOException(file + " is empty: there is nothing to measure with");
        }
        left = size;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (left == 0) {
            return -1;
        }
        int count = (int) Math.min(Math.min(length, left), bytes.length - at);
        System.arraycopy(bytes, at, buffer, offset, count);
        at = (at + count) % bytes.length;
        left -= count;
        return count;
    }
}
