package dev.foundation.verify;

import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A point in a store. */
record StoredPoint(ObjectStore store, Seal seal) implements PointBytes {
    @Override
    public InputStream open(String name) throws StoreException, InterruptedException {
        if (name.startsWith(Names.BLOBS + "/")) {
            return store.open(new ObjectKey(name));
        }
        ObjectKey key = new BundleKeys(seal.point()).object(name);
        List<StoredObject> versions = store.versions(key);
        if (versions.isEmpty()) {
            return store.open(key); // says that it is missing
        }
        Optional<SealedObject> sealed = seal.object(name);
        StoredObject chosen = versions.getFirst();
        if (versions.size() > 1 && sealed.isPresent()) {
            var proof = new Proof(store, key, sealed.get().size(), sealed.get().sha256(), new Work(event -> {}));
            chosen = proof.all().good().orElse(chosen);
        }
        return store.open(key, chosen.version());
    }
}
