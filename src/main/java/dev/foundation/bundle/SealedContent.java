package dev.foundation.bundle;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads from a store what a seal or an inventory names, and believes nothing but the digest (P2). */
public final class SealedContent {
    /** Inventories up to this many bytes are read once, into memory; larger ones twice. */
    private static final int BUFFERED = 8 << 20;

    private SealedContent() {}

    /** Sees one line of an inventory. */
    @FunctionalInterface
    public interface EachLine {
        void accept(InventoryLine line) throws IOException, InterruptedException;
    }

    /**
     * The oldest version that has these bytes; every version of this size is read until one has them.
     *
     * @return empty if there is none, or what is there is damaged
     * @throws StoreException if the store could not be asked: that says nothing of the object
     */
    public static Optional<StoredObject> find(ObjectStore store, ObjectKey key, long size, Sha256 sha256)
            throws StoreException, InterruptedException {
        for (StoredObject each : store.versions(key)) {
            if (each.size() == size && has(store, each, size, sha256)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static boolean has(ObjectStore store, StoredObject version, long size, Sha256 sha256)
            throws StoreException, InterruptedException {
        try (Digesting in = new Digesting(store.open(version.key(), version.version()))) {
            byte[] buffer = new byte[64 << 10];
            while (in.size() <= size && in.read(buffer) >= 0) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return in.size() == size && in.sha256().equals(sha256);
        } catch (StoreException e) {
            if (e.kind() == Kind.DAMAGED || e.kind() == Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw new StoreException(
                    Kind.TRANSIENT, "reading " + version.key() + " at " + store.place() + " broke off", e);
        }
    }

    /**
     * Every blob that the point lists, by name. When this returns, each line was proved by the seal; when it throws, none was.
     *
     * @throws BundleException if the inventory is missing here, or not as sealed
     * @throws StoreException if the store could not be asked
     */
    public static void inventory(ObjectStore store, SignedSeal signed, EachLine each)
            throws IOException, InterruptedException {
        Seal seal = signed.seal();
        Optional<SealedObject> object = seal.object(Names.INVENTORY);
        if (object.isEmpty()) {
            if (seal.blobs().count() > 0) {
                throw new BundleException("the seal of " + seal.point() + " counts blobs but names no inventory");
            }
            return;
        }
        SealedObject sealed = object.get();
        ObjectKey key = new BundleKeys(seal.point()).inventory();
        if (sealed.size() <= BUFFERED) {
            lines(new ByteArrayInputStream(bytes(store, key, sealed)), seal, each);
            return;
        }
        StoredObject version = find(store, key, sealed.size(), sealed.sha256()).orElseThrow(() -> missing(key, store));
        try (Digesting in = new Digesting(store.open(key, version.version()))) {
            lines(in, seal, each);
            in.transferTo(java.io.OutputStream.nullOutputStream());
            if (!in.sha256().equals(sealed.sha256())) {
                throw changed(key, store);
            }
        }
    }

    private static byte[] bytes(ObjectStore store, ObjectKey key, SealedObject sealed)
            throws IOException, InterruptedException {
        for (StoredObject version : store.versions(key)) {
            if (version.size() == sealed.size()) {
                try (InputStream in = store.open(key, version.version())) {
                    byte[] bytes = in.readNBytes(Math.toIntExact(sealed.size()) + 1);
                    if (Sha256.of(bytes).equals(sealed.sha256())) {
                        return bytes;
                    }
                } catch (StoreException e) {
                    if (e.kind() != Kind.DAMAGED && e.kind() != Kind.NOT_FOUND) {
                        throw e;
                    }
                }
            }
        }
        throw missing(key, store);
    }

    private static BundleException missing(ObjectKey key, ObjectStore store) {
        return new BundleException(key + " at " + store.place() + " is missing, or not what the seal says: run verify");
    }

    private static BundleException changed(ObjectKey key, ObjectStore store) {
        return new BundleException(key + " at " + store.place() + " changed between two reads: run verify");
    }

    private static void lines(InputStream source, Seal seal, EachLine each) throws IOException, InterruptedException {
        InputStream open = new java.io.FilterInputStream(source) {
            @Override
            public void close() {
                // The caller still wants its end.
            }
        };
        try (InventoryReader reader = new InventoryReader(open)) {
            for (Optional<InventoryLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                each.accept(line.get());
            }
            reader.finish(seal.blobs());
        }
    }
}
