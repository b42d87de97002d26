package dev.foundation.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a stream and what became of it. Blocks are used again, so their buffers belong to a {@link Transform} only while it is applied.
 * Buffers begin small: a stream of a few bytes costs a few bytes.
 */
public final class Block {
    private static final int FIRST_ROOM = 16 * 1024;

    private byte[] input = new byte[FIRST_ROOM];
    private int length;
    private long index;
    private boolean last;
    private byte[] output = new byte[FIRST_ROOM];
    private int size;

    // Guarded by the line's lock.
    private boolean done;
    private @Nullable Throwable failure;

    Block() {}

    /** The bytes to transform are the first {@link #length} of this. Not to be changed. */
    public byte[] input() {
        return input;
    }

    /** The block size of the stream for all blocks but the last; 0 only if the stream is empty. */
    public int length() {
        return length;
    }

    /** From 0. */
    public long index() {
        return index;
    }

    /** Nothing follows: the source has ended. Every stream has one last block, the empty stream too. */
    public boolean last() {
        return last;
    }

    /** The output, with room for {@code more} bytes from {@link #size} on. To be followed by {@link #advance}. */
    public byte[] room(int more) {
        if (output.length - size < more) {
            output = Arrays.copyOf(output, Math.max(Math.addExact(size, more), Math.min(2 * output.length, 1 << 30)));
        }
        return output;
    }

    /** Bytes of output so far. */
    public int size() {
        return size;
    }

    /** {@code written} bytes were put at {@link #size}. */
    public void advance(int written) {
        size += written;
    }

    /** Adds to the output. */
    public void put(byte[] bytes) {
        System.arraycopy(bytes, 0, room(bytes.length), size, bytes.length);
        size += bytes.length;
    }

    /**
     * Fills this block from the source.
     *
     * @param ahead a byte that was read already, or -1
     * @return the byte that was read beyond this block, or -1 if this is the last
     */
    int fill(InputStream source, int blockSize, long number, int ahead) throws IOException {
        index = number;
        length = 0;
        size = 0;
        last = false;
        done = false;
        failure = null;
        if (ahead >= 0) {
            input[length++] = (byte) ahead;
        }
        while (length < blockSize) {
            if (length == input.length) {
                input = Arrays.copyOf(input, Math.min(blockSize, 4 * input.length));
            }
            int read = source.read(input, length, Math.min(input.length, blockSize) - length);
            if (read < 0) {
                last = true;
                return -1;
            }
            length += read;
        }
        int beyond = source.read();
        last = beyond < 0;
        return beyond;
    }

    void finish(@Nullable Throwable problem) {
        failure = problem;
        done = true;
    }

    boolean done() {
        return done;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    byte[] output() {
        return output;
    }
}
