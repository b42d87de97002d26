package dev.foundation.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A buffer that several readers share and that goes back to its pool when the last one is done with it. */
final class Chunk {
    private final byte[] bytes;
    private final BlockingQueue<Chunk> pool;
    private final AtomicInteger readers = new AtomicInteger();
    private int length;

    Chunk(int size, BlockingQueue<Chunk> pool) {
        this.bytes = new byte[size];
        this.pool = pool;
    }

    /** Reads until it is full or the source ends. @return false if nothing was left */
    boolean fill(InputStream source) throws IOException {
        length = source.readNBytes(bytes, 0, bytes.length);
        return length > 0;
    }

    int length() {
        return length;
    }

    void share(int count) {
        readers.set(count);
    }

    void writeTo(Upload upload) throws StoreException, InterruptedException {
        upload.write(bytes, 0, length);
    }

    void release() {
        if (readers.decrementAndGet() == 0) {
            pool.add(this);
        }
    }
}
