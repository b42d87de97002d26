package dev.foundation.stream;

import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * gzip on all cores: each MiB of input becomes a member of its own (RFC 1952, section 2.2: members may be concatenated), which every gunzip
 * reads as one file. The same input and level give the same bytes for any number of workers; headers hold no time and no name.
 */
public final class ParallelGzip {
    public static final int LEVEL = 6;

    private static final int BLOCK = 1024 * 1024;
    /** Java code around native calls compiles early when it is called often: in a cold JVM that counts. */
    private static final int PIECE = 64 * 1024;
    /** Magic, deflate, no flags, no time, no hint, unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private ParallelGzip() {}

    /** At level 6, as {@code gzip} does. Empty input gives one empty member. */
    public static InputStream compress(InputStream plain, int workers) {
        return compress(plain, LEVEL, workers);
    }

    /** @param level 0 to 9 */
    public static InputStream compress(InputStream plain, int level, int workers) {
        if (level < 0 || level > 9) {
            throw new IllegalArgumentException("gzip has levels 0 to 9, not " + level);
        }
        return new Ordered(plain, "gzip", new byte[0], BLOCK, workers, () -> new Member(level));
    }

    private static final class Member implements Transform {
        private final Deflater deflater;
        private final CRC32 crc = new CRC32();

        Member(int level) {
            deflater = new Deflater(level, true);
        }

        @Override
        public void apply(Block block) {
            deflater.reset();
            crc.reset();
            block.put(HEADER);
            int at = 0;
            do {
                int piece = Math.min(PIECE, block.length() - at);
                crc.update(block.input(), at, piece);
                deflater.setInput(block.input(), at, piece);
                at += piece;
                if (at == block.length()) {
                    deflater.finish();
                }
                while (at == block.length() ? !deflater.finished() : !deflater.needsInput()) {
                    byte[] output = block.room(PIECE);
                    block.advance(deflater.deflate(output, block.size(), PIECE));
                }
            } while (at < block.length());
            int sum = (int) crc.getValue();
            int size = block.length();
            block.put(new byte[] {
                (byte) sum, (byte) (sum >> 8), (byte) (sum >> 16), (byte) (sum >> 24),
                (byte) size, (byte) (size >> 8), (byte) (size >> 16), (byte) (size >> 24)
            });
        }

        @Override
        public void close() {
            deflater.end();
        }
    }
}
