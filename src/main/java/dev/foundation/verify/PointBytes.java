package dev.foundation.verify;

import dev.foundation.bundle.SignedSeal;
import dev.foundation.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;

/** Where the sealed bytes of one point are read from. Safe for many threads. */
@FunctionalInterface
public interface PointBytes {
    /**
     * @param name of an object as the seal names it, or {@code blobs/<name>.age}
     * @throws IOException if it is not there
     */
    InputStream open(String name) throws IOException, InterruptedException;

    /** As they lie in a store: of an object with several versions the one that was sealed, of a blob the newest. */
    static PointBytes at(ObjectStore store, SignedSeal point) {
        return new StoredPoint(store, point.seal());
    }
}
