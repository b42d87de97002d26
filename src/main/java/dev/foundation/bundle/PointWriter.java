package dev.foundation.bundle;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

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

    /**
     * As {@link #seal}, but goes on where a copy of the same point was stopped in between: what is there stays, if it has the same bytes.
     *
     * @throws StoreException with {@code EXISTS} if the folder has another seal or signature
     */
    public static void complete(ObjectStore store, SignedSeal signed) throws StoreException, InterruptedException {
        var keys = new BundleKeys(signed.seal().point());
        ensure(store, keys.seal(), signed.bytes());
        ensure(store, keys.signature(), signed.signature().getBytes(StandardCharsets.US_ASCII));
    }

    private static void ensure(ObjectStore store, ObjectKey key, byte[] content)
            throws StoreException, InterruptedException {
        List<StoredObject> versions = store.versions(key);
        if (versions.isEmpty()) {
            put(store, key, content);
            return;
        }
        StoredObject oldest = versions.getFirst();
        boolean same = oldest.size() == content.length;
        if (same) {
            try (InputStream in = store.open(key, oldest.version())) {
                same = Arrays.equals(in.readNBytes(content.length + 1), content);
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                throw new StoreException(Kind.TRANSIENT, "reading " + key + " at " + store.place() + " broke off", e);
            }
        }
        if (!same) {
            throw new StoreException(
                    Kind.EXISTS,
                    key + " at " + store.place()
                            + " is there already, with other bytes than the copy's: look at who wrote it",
                    null);
        }
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
