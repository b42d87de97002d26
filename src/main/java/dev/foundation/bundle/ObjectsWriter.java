package dev.foundation.bundle;

import java.io.IOException;
import java.io.OutputStream;

/** Writes {@link Names#OBJECTS} in constant memory. The target stays open; without {@link #finish} it gets no whole file. One thread at a time. */
public final class ObjectsWriter implements AutoCloseable {
    private final LinesWriter lines;
    private long count;

    public ObjectsWriter(OutputStream target) throws IOException {
        this.lines = new LinesWriter(target);
    }

    public void add(BlobObject object) throws IOException {
        lines.add(object.line());
        count++;
    }

    public long count() {
        return count;
    }

    /** Ends the file. */
    public void finish() throws IOException {
        lines.finish();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
