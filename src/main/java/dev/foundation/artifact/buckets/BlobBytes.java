package dev.foundation.artifact.buckets;

import dev.foundation.age.AgeKeys;
import dev.foundation.bundle.BlobObject;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.InventoryLine;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.OpenedObject;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SealedObject;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/** The blobs of a point where it was found, and what opens them. Nothing is written there. Safe for many threads. */
public record BlobBytes(ObjectStore store, AgeKeys keys) {
    private interface Use {
        void of(InputStream content) throws IOException;
    }

    /** Publishes the object if, and only if, its blob is what the inventory says, and opens to what the list says. */
    void bring(BlobObject object, InventoryLine line, TargetBuckets server) throws IOException, InterruptedException {
        use(object, line, content -> {
            if (object.size() <= TargetBuckets.PART) {
                // One byte more than there may be, so that the stream is read to its end.
                server.put(object, content.readNBytes((int) object.size() + 1));
            } else {
                server.put(object, content);
            }
        });
    }

    /** Reads all of it, and does nothing with it. @throws IOException as {@link #bring} */
    void prove(BlobObject object, InventoryLine line) throws IOException, InterruptedException {
        use(object, line, content -> content.transferTo(OutputStream.nullOutputStream()));
    }

    private void use(BlobObject object, InventoryLine line, Use use) throws IOException, InterruptedException {
        ObjectKey key = BundleKeys.blob(line.name());
        try {
            use(object, line, store.open(key), use);
        } catch (IOException e) {
            // Where a damaged blob was sent once more, the whole one is another version (P3).
            Optional<StoredObject> whole = store.versions(key).size() > 1
                    ? SealedContent.find(store, key, line.size(), line.sha256())
                    : Optional.empty();
            if (whole.isEmpty()) {
                throw e;
            }
            use(object, line, store.open(key, whole.get().version()), use);
        }
    }

    private void use(BlobObject object, InventoryLine line, InputStream sealed, Use use) throws IOException {
        String key = BundleKeys.blob(line.name()).path();
        String what = "the blob " + key + " of " + object.key().text() + " in bucket " + object.bucket();
        try (InputStream content = OpenedObject.open(
                sealed,
                what,
                new SealedObject(key, line.size(), line.sha256(), Map.of()),
                new Manifest.Measure(object.size(), object.sha256()),
                keys)) {
            use.of(content);
        }
    }
}
