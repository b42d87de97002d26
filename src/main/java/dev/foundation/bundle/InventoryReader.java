package dev.foundation.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@link Names#INVENTORY} in constant memory. Closes its source. One thread at a time. */
public final class InventoryReader implements AutoCloseable {
    private final LinesReader lines;
    private @Nullable BlobName last;
    private long count;
    private long size;

    /** @throws BundleException if the source is empty */
    public InventoryReader(InputStream source) throws IOException {
        this.lines = new LinesReader(source, Names.INVENTORY, InventoryLine.MAX_LENGTH);
    }

    /** The next blob by name; empty at the end. @throws BundleException naming the line that is damaged, out of order, or there twice */
    public Optional<InventoryLine> next() throws IOException {
        Optional<String> text = lines.next();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        InventoryLine line;
        try {
            line = InventoryLine.of(text.get());
            size = Math.addExact(size, line.size());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw lines.bad("is not a blob's name, its size and its SHA-256");
        }
        if (last != null && last.compareTo(line.name()) >= 0) {
            throw lines.bad(last.equals(line.name()) ? "the same blob again" : "out of order");
        }
        last = line.name();
        count++;
        return Optional.of(line);
    }

    /** Reads what is left, then holds the whole against its seal. @throws BundleException if they differ */
    public void finish(Seal.Blobs blobs) throws IOException {
        while (next().isPresent()) {
            // Counted by next.
        }
        if (count != blobs.count() || size != blobs.size()) {
            throw new BundleException(Names.INVENTORY + " lists " + count + " blobs of " + size
                    + " bytes, the seal says " + blobs.count() + " of " + blobs.size());
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
