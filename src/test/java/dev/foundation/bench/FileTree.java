package dev.foundation.bench;

import java.io.InputStream;
import java.util.Random;

/** Bytes as of a tree of files, some text and some compressed already, which zstd -3 packs to about 0.7. The same for every run. */
final class FileTree extends InputStream {
    /** Well beyond the windows of gzip and of zstd -3, so that its repetition is not found. */
    private static final int POOL = 16 * 1024 * 1024 - 4096;

    private static final int WORDS = 2000;

    private final byte[] pool = new byte[POOL];
    private final long size;
    private long position;

    FileTree(long size) {
        this.size = size;
        Random random = new Random(7);
        byte[][] words = new byte[WORDS][];
        for (int i = 0; i < WORDS; i++) {
            words[i] = new byte[3 + random.nextInt(9)];
            for (int k = 0; k < words[i].length - 1; k++) {
                words[i][k] = (byte) ('a' + random.nextInt(26));
            }
            words[i][words[i].length - 1] = ' ';
        }
        int end;
        for (int at = 0; at < POOL; at = end) {
            end = Math.min(POOL, at + 1024 + random.nextInt(30_000));
            boolean text = random.nextInt(100) < 43;
            byte[] noise = new byte[end - at];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, pool, at, noise.length);
            for (int to = at; text && to < end; ) {
                byte[] word = words[(int) (random.nextDouble() * random.nextDouble() * WORDS)];
                int length = Math.min(word.length, end - to);
                System.arraycopy(word, 0, pool, to, length);
                to += length;
            }
        }
    }

    @Override
    public int read() {
        return position == size ? -1 : pool[(int) (position++ % POOL)] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (position == size) {
            return -1;
        }
        int at = (int) (position % POOL);
        int count = (int) Math.min(Math.min(length, POOL - at), size - position);
        System.arraycopy(pool, at, buffer, offset, count);
        position += count;
        return count;
    }
}
