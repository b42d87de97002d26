package dev.foundation.bench;

import java.nio.charset.StandardCharsets;

/**
 * Bytes that are the same for the same seed and never repeat, so that no peer's search for duplicates finds any: prose that zstd -3 packs to about a
 * third, noise that nothing packs, and rows as of a dump.
 */
final class SeededBytes {
    private static final int WORDS = 4096;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[][] words = new byte[WORDS][];
    private long state;

    SeededBytes(long seed) {
        state = 0x9e3779b97f4a7c15L;
        for (int i = 0; i < WORDS; i++) {
            words[i] = new byte[3 + below(9)];
            for (int k = 0; k < words[i].length - 1; k++) {
                words[i][k] = (byte) ('a' + below(26));
            }
            words[i][words[i].length - 1] = ' ';
        }
        state = seed * 0x9e3779b97f4a7c15L + 1;
    }

    /** xorshift64* (Marsaglia; Vigna). */
    long next() {
        state ^= state >>> 12;
        state ^= state << 25;
        state ^= state >>> 27;
        return state * 0x2545f4914f6cdd1dL;
    }

    int below(int bound) {
        return (int) ((next() >>> 33) % bound);
    }

    /** Common words come more often. */
    private byte[] word() {
        return words[Math.min(below(WORDS), below(WORDS))];
    }

    void prose(byte[] target, int from, int to) {
        for (int at = from; at < to; ) {
            byte[] word = word();
            int length = Math.min(word.length, to - at);
            System.arraycopy(word, 0, target, at, length);
            at += length;
        }
    }

    void noise(byte[] target, int from, int to) {
        for (int at = from; at < to; at += 8) {
            long bits = next();
            for (int k = 0; k < 8 && at + k < to; k++) {
                target[at + k] = (byte) (bits >>> (8 * k));
            }
        }
    }

    /** Rows of COPY: a number, some words, a moment, a digest; the last may be cut. */
    void rows(byte[] target, int from, int to, long firstNumber) {
        int at = from;
        for (long number = firstNumber; at < to; number++) {
            at = put(target, at, to, Long.toString(number).getBytes(StandardCharsets.US_ASCII));
            at = put(target, at, to, TAB);
            for (int left = 4 + below(12); left > 0; left--) {
                at = put(target, at, to, word());
            }
            at = put(target, at, to, MOMENT);
            byte[] digest = new byte[24];
            for (int i = 0; i < digest.length; i++) {
                digest[i] = HEX[below(16)];
            }
            at = put(target, at, to, digest);
            at = put(target, at, to, LINE);
        }
    }

    private static final byte[] TAB = {'\t'};
    private static final byte[] LINE = {'\n'};
    private static final byte[] MOMENT = "\t2026-11-21 03:00:00+00\t".getBytes(StandardCharsets.US_ASCII);

    private static int put(byte[] target, int at, int to, byte[] bytes) {
        int length = Math.min(bytes.length, to - at);
        System.arraycopy(bytes, 0, target, at, length);
        return at + length;
    }
}
