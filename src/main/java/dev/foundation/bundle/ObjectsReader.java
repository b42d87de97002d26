package dev.foundation.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads {@link Names#OBJECTS} in constant memory. Closes its source. One thread at a time. */
public final class ObjectsReader implements AutoCloseable {
    private static final int LONGEST = 64 << 10; // keys have at most 1 KiB, S3's own metadata 2 KiB

    private final LinesReader lines;

    /** @throws BundleException if the source is empty */
    public ObjectsReader(InputStream source) throws IOException {
        this.lines = new LinesReader(source, Names.OBJECTS, LONGEST);
    }

    /** The next object, as written; empty at the end. @throws BundleException naming the line and its fault */
    public Optional<BlobObject> next() throws IOException {
        Optional<String> line = lines.next();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(BlobObject.parse(line.get()));
        } catch (BundleException e) {
            throw lines.bad(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
