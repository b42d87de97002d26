package dev.foundation.stream;

import java.io.IOException;

/**
 * What {@link Ordered} does to each block. Every worker has one of its own, made and closed on the worker's thread, so it may keep a native
 * context. What it gives for a block may depend on the block alone: then the output is the same for any number of workers.
 */
public interface Transform extends AutoCloseable {
    /** Reads the block's input and adds to its output. What was added before an exception is still yielded, before the exception. */
    void apply(Block block) throws IOException;

    @Override
    default void close() {}
}
