package dev.foundation.prune;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Removes one folder: its signature first, so that what is half-removed is no point any more. */
final class Removal {
    private final ObjectStore store;

    Removal(ObjectStore store) {
        this.store = store;
    }

    void remove(BundleId id) throws StoreException, InterruptedException {
        var keys = new BundleKeys(id);
        Set<ObjectKey> all = new LinkedHashSet<>();
        all.add(keys.signature());
        all.add(keys.seal());
        store.list(id + "/", object -> all.add(object.key()));
        for (ObjectKey each : all) {
            store.delete(each);
        }
    }

    /** The latest lock on any object of the point, as far as these credentials may ask. */
    Optional<Instant> lockedUntil(Sealed point) throws StoreException, InterruptedException {
        var keys = new BundleKeys(point.id());
        Optional<Instant> latest = lockedUntil(keys.seal());
        latest = later(latest, lockedUntil(keys.signature()));
        for (var each : point.seal().objects()) {
            latest = later(latest, lockedUntil(keys.object(each.name())));
        }
        return latest;
    }

    /** Over all versions of an object. */
    Optional<Instant> lockedUntil(ObjectKey key) throws StoreException, InterruptedException {
        Optional<Instant> latest = Optional.empty();
        for (StoredObject version : store.versions(key)) {
            try {
                latest = later(latest, store.lockedUntil(key, version.version()));
            } catch (StoreException e) {
                if (e.kind() != Kind.DENIED && e.kind() != Kind.NOT_FOUND) {
                    throw e;
                } // who may not ask finds out by trying
            }
        }
        return latest;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
    }

    /** Says of a refused deletion why, if a lock is the reason. */
    Optional<String> locked(StoreException refusal, BundleId id) throws InterruptedException {
        var keys = new BundleKeys(id);
        for (String name : new String[] {Names.SIGNATURE, Names.SEAL, Names.INVENTORY}) {
            Optional<String> why = locked(refusal, keys.object(name));
            if (why.isPresent()) {
                return why.map(sentence -> id + " at " + store.name() + " stays: " + sentence);
            }
        }
        return Optional.empty();
    }

    Optional<String> locked(StoreException refusal, ObjectKey key) throws InterruptedException {
        if (refusal.kind() != Kind.DENIED) {
            return Optional.empty();
        }
        try {
            return lockedUntil(key).map(until -> key + " is locked until " + until);
        } catch (StoreException e) {
            return Optional.empty();
        }
    }
}
