package dev.foundation.verify;

import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.InventoryLine;
import dev.foundation.bundle.InventoryReader;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.stream.Digesting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Goes through an inventory that was sealed; what it said counts once {@link #finish} has found the whole of it as sealed. */
final class InventoryWalk implements AutoCloseable {
    private final Digesting sealed;
    private final InventoryReader lines;
    private final SealedObject object;
    private final Seal.Blobs blobs;
    private Optional<InventoryLine> ahead = Optional.empty();
    private boolean begun;

    /** Closes the source, even if this throws. */
    InventoryWalk(InputStream source, SealedObject object, Seal.Blobs blobs) throws IOException {
        this.sealed = new Digesting(source);
        this.object = object;
        this.blobs = blobs;
        try {
            this.lines = new InventoryReader(sealed);
        } catch (IOException e) {
            source.close();
            throw e;
        }
    }

    Optional<InventoryLine> next() throws IOException {
        return lines.next();
    }

    /** Whether this very line is in here. To be asked in the order of names. */
    boolean has(InventoryLine line) throws IOException {
        if (!begun) {
            ahead = lines.next();
            begun = true;
        }
        while (ahead.isPresent() && ahead.get().name().compareTo(line.name()) < 0) {
            ahead = lines.next();
        }
        return ahead.filter(line::equals).isPresent();
    }

    /** @throws BundleException unless all of it is as sealed */
    void finish() throws IOException {
        lines.finish(blobs);
        sealed.transferTo(OutputStream.nullOutputStream());
        if (sealed.size() != object.size() || !sealed.sha256().equals(object.sha256())) {
            throw new BundleException(object.name() + " has other bytes than those that were sealed");
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
