package dev.foundation.bundle;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import java.nio.charset.StandardCharsets;

/** The last step of a backup, and of a copy: it makes a folder a recovery point. */
public final class PointWriter {
    private PointWriter() {}

    /**
     * Writes seal, then signature. Stopped in between it leaves no point: what has no signature is none ({@link Point.Unsealed}). To be called once
     * everything that the seal names is in this store and was read back (P6).
     *
     * @throws StoreException with {@code EXISTS} if the folder has a seal or a signature already: nobody but this step writes them
     */
    public static void seal(ObjectStore store, SignedSeal signed) throws StoreException, InterruptedException {
        var keys = new BundleKeys(signed.seal().point());
        put(store, keys.seal(), signed.bytes());
        put(store, keys.signature(), signed.signature().getBytes(StandardCharsets.US_ASCII));
    }

    private static void put(ObjectStore store, ObjectKey key, byte[] content)
            throws StoreException, InterruptedException {
        StoredObject stored;
        try (Upload upload = store.begin(key)) {
            upload.write(content, 0, content.length);
            stored = upload.complete();
        }
        if (stored.size() != content.length) {
            throw new StoreException(
                    Kind.DAMAGED,
                    key + " at " + store.place() + " has " + stored.size() + " bytes, but " + content.length
                            + " were written: this store cannot be trusted with points",
                    null);
        }
    }
}
