package dev.foundation.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/** Bytes for tests: the same for the same seed. */
final class Samples {
    private Samples() {}

    /** Half of it random, half of it not. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        for (int at = 0; at < size; at += 2000) {
            Arrays.fill(bytes, at, Math.min(size, at + 1000), (byte) (at / 2000));
        }
        return bytes;
    }

    /** Gives these bytes and then throws. */
    static InputStream failingAfter(byte[] bytes, IOException failure) {
        return new InputStream() {
            private int position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (position == bytes.length) {
                    throw failure;
                }
                int count = Math.min(length, Math.min(777, bytes.length - position));
                System.arraycopy(bytes, position, buffer, offset, count);
                position += count;
                return count;
            }
        };
    }
}
