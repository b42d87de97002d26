package dev.foundation.bundle;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes {@link Names#INVENTORY} in constant memory. The target stays open; without {@link #finish} it gets no whole file. One thread at a time. */
public final class InventoryWriter implements AutoCloseable {
    private final LinesWriter lines;
    private @Nullable BlobName last;
    private long count;
    private long size;

    public InventoryWriter(OutputStream target) throws IOException {
        this.lines = new LinesWriter(target);
    }

    /** @throws IllegalArgumentException if the blob does not come after the one before: lines are sorted by name, each name is there once */
    public void add(InventoryLine line) throws IOException {
        if (last != null && last.compareTo(line.name()) >= 0) {
            throw new IllegalArgumentException("the inventory wants blobs in the order of their names, each once: "
                    + line.name() + " came after " + last);
        }
        lines.add(line.text());
        last = line.name();
        count++;
        size = Math.addExact(size, line.size());
    }

    /** Ends the file. */
    public void finish() throws IOException {
        lines.finish();
    }

    public long count() {
        return count;
    }

    /** The sealed bytes of all blobs. */
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
