package dev.foundation.agent;

import dev.foundation.agent.ControlDoor.NotThere;
import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.bundle.Trust;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands out what a point's seal names, from the first place that has those very bytes: the oldest version with the sealed digest (P2), never another. */
final class SealedBytes {
    private final List<ObjectStore> stores;
    private final Trust trust;

    SealedBytes(List<ObjectStore> stores, Trust trust) {
        this.stores = List.copyOf(stores);
        this.trust = trust;
    }

    /**
     * Reads the object twice where it is not the seal: once to prove it, once to hand it out. Who receives it checks the digest again.
     *
     * @param name as the seal names it, {@code SEAL.json}, {@code SEAL.json.sig}, or {@code blobs/<name>.age} of a blob that the point lists
     * @throws NotThere if all places answer and none has it as sealed
     * @throws IOException if it was found nowhere, and a place does not answer
     */
    InputStream open(BundleId point, String name) throws IOException, InterruptedException {
        List<String> silent = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (ObjectStore store : stores) {
            try {
                Optional<SignedSeal> signed = signed(store, point);
                if (signed.isPresent()) {
                    Optional<InputStream> found = open(store, signed.get(), name);
                    if (found.isPresent()) {
                        return found.get();
                    }
                    damaged.add(store.name());
                }
            } catch (BundleException e) {
                damaged.add(store.name()); // its inventory is not as sealed
            } catch (StoreException e) {
                silent.add(store.name() + ": " + e.getMessage());
            }
        }
        if (!silent.isEmpty()) {
            throw new IOException(String.join("; ", silent));
        }
        throw new NotThere(
                damaged.isEmpty()
                        ? "there is no recovery point " + point + " at any place; `./foundation points` lists them"
                        : name + " of " + point + " is not as sealed at " + String.join(" and ", damaged)
                                + ", or the point has none: `./foundation verify --point " + point + "` says which");
    }

    private Optional<SignedSeal> signed(ObjectStore store, BundleId point) throws StoreException, InterruptedException {
        Point read = new Points(store, trust, SealCache.none(), new SecureRandom())
                .read(point)
                .points()
                .getFirst();
        return read instanceof Point.Sealed sealed ? Optional.of(sealed.signed()) : Optional.empty();
    }

    private static Optional<InputStream> open(ObjectStore store, SignedSeal signed, String name)
            throws IOException, InterruptedException {
        if (name.equals(Names.SEAL)) {
            return Optional.of(new ByteArrayInputStream(signed.bytes()));
        }
        if (name.equals(Names.SIGNATURE)) {
            return Optional.of(new ByteArrayInputStream(signed.signature().getBytes(StandardCharsets.US_ASCII)));
        }
        boolean blob = name.startsWith(Names.BLOBS + "/");
        ObjectKey key =
                blob ? new ObjectKey(name) : new BundleKeys(signed.seal().point()).object(name);
        Optional<SealedObject> sealed =
                blob ? blob(store, signed, key) : signed.seal().object(name);
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        Optional<StoredObject> version =
                SealedContent.find(store, key, sealed.get().size(), sealed.get().sha256());
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(store.open(key, version.get().version()));
    }

    private static Optional<SealedObject> blob(ObjectStore store, SignedSeal signed, ObjectKey key)
            throws IOException, InterruptedException {
        List<SealedObject> found = new ArrayList<>();
        SealedContent.inventory(store, signed, line -> {
            if (BundleKeys.blob(line.name()).equals(key)) {
                found.add(new SealedObject(key.name(), line.size(), line.sha256(), Map.of()));
            }
        });
        return found.stream().findFirst();
    }
}
