package dev.foundation.bundle;

import dev.foundation.bundle.CachedSeal.Stamp;
import dev.foundation.seal.SealException;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of one folder what it is. */
final class PointReader {
    private static final int MAX_SIGNATURE = 4096; // ours have 305 bytes

    private final ObjectStore store;
    private final Trust trust;

    PointReader(ObjectStore store, Trust trust) {
        this.store = store;
        this.trust = trust;
    }

    /** @param kept what a next listing can go on from: only of sealed points */
    record Reading(Point point, List<Alarm> alarms, Optional<CachedSeal> kept) {
        static Reading of(Point point, List<Alarm> alarms) {
            return new Reading(point, alarms, Optional.empty());
        }
    }

    /** Asks and reads the store. @throws StoreException if it cannot be asked: that says nothing of the point */
    Reading read(BundleId id) throws StoreException, InterruptedException {
        return read(id, versions(id));
    }

    /** As {@link #read(BundleId)}, but reads the seal only if it is not the one known. */
    Reading recheck(CachedSeal cached) throws StoreException, InterruptedException {
        BundleId id = cached.point();
        Versions now = versions(id);
        boolean same = !now.seals.isEmpty()
                && !now.signatures.isEmpty()
                && Stamp.of(now.seals.getFirst()).equals(cached.seal())
                && Stamp.of(now.signatures.getFirst()).equals(cached.signature());
        if (same) {
            Reading proved = prove(cached, false);
            if (proved.kept().isPresent()) {
                return new Reading(proved.point(), now.alarms(id), proved.kept());
            }
        }
        Reading read = read(id, now);
        List<Alarm> alarms = new ArrayList<>(read.alarms());
        if (!same) {
            alarms.add(new Alarm.Replaced(id));
        }
        return new Reading(read.point(), List.copyOf(alarms), read.kept());
    }

    /**
     * Proves what was kept, without the store.
     *
     * @param vouched the bytes are known to be genuine: a seal that was found good names their digest as its previous one
     */
    Reading prove(CachedSeal cached, boolean vouched) {
        BundleId id = cached.point();
        try {
            SignedSeal signed = vouched
                    ? SignedSeal.known(cached.bytes(), cached.signatureText(), trust.instance())
                    : SignedSeal.check(cached.bytes(), cached.signatureText(), trust.publicLines(), trust.instance());
            if (!signed.seal().point().equals(id)) {
                return Reading.of(
                        new Point.Refused(
                                id, "its seal is that of " + signed.seal().point() + ": it was copied or renamed"),
                        List.of());
            }
            return new Reading(new Point.Sealed(id, signed), List.of(), Optional.of(cached));
        } catch (SealException | BundleException e) {
            return Reading.of(new Point.Refused(id, String.valueOf(e.getMessage())), List.of());
        }
    }

    private Reading read(BundleId id, Versions found) throws StoreException, InterruptedException {
        List<Alarm> alarms = found.alarms(id);
        if (found.seals.isEmpty()) {
            return Reading.of(
                    new Point.Unsealed(id, "it has no " + Names.SEAL + ": a run is writing it, or was stopped"),
                    alarms);
        }
        if (found.signatures.isEmpty()) {
            return Reading.of(
                    new Point.Unsealed(
                            id,
                            Names.SEAL
                                    + " is not signed: a run was stopped before its last step, or the seal is not ours"),
                    alarms);
        }
        StoredObject seal = found.seals.getFirst();
        StoredObject signature = found.signatures.getFirst();
        try {
            byte[] bytes = limited(seal, Fields.MAX_BYTES);
            String text = new String(limited(signature, MAX_SIGNATURE), StandardCharsets.ISO_8859_1);
            Reading proved = prove(new CachedSeal(id, Stamp.of(seal), Stamp.of(signature), bytes, text), false);
            return new Reading(proved.point(), alarms, proved.kept());
        } catch (BundleException e) {
            return Reading.of(new Point.Refused(id, String.valueOf(e.getMessage())), alarms);
        } catch (StoreException e) {
            return switch (e.kind()) {
                case DAMAGED -> Reading.of(new Point.Refused(id, "its seal cannot be read: " + e.getMessage()), alarms);
                case NOT_FOUND -> Reading.of(new Point.Unsealed(id, "its seal was removed just now"), alarms);
                case EXISTS, DENIED, FULL, TRANSIENT, OTHER -> throw e;
            };
        }
    }

    private Versions versions(BundleId id) throws StoreException, InterruptedException {
        var keys = new BundleKeys(id);
        // The signature's key begins with the seal's.
        List<StoredObject> both = store.versions(keys.seal().path());
        return new Versions(of(keys.seal(), both), of(keys.signature(), both));
    }

    private static List<StoredObject> of(ObjectKey key, List<StoredObject> all) {
        return all.stream().filter(each -> each.key().equals(key)).toList();
    }

    /** Oldest first, as the store gives them: the oldest counts (P2). */
    private record Versions(List<StoredObject> seals, List<StoredObject> signatures) {
        List<Alarm> alarms(BundleId id) {
            List<Alarm> alarms = new ArrayList<>();
            if (seals.size() > 1) {
                alarms.add(new Alarm.SecondVersion(id, Names.SEAL, seals.size()));
            }
            if (signatures.size() > 1) {
                alarms.add(new Alarm.SecondVersion(id, Names.SIGNATURE, signatures.size()));
            }
            return List.copyOf(alarms);
        }
    }

    /** Reads no more than the limit, whatever size the store claims. */
    private byte[] limited(StoredObject object, int limit)
            throws StoreException, BundleException, InterruptedException {
        ObjectKey key = object.key();
        byte[] bytes = new byte[0];
        if (object.size() <= limit) {
            try (InputStream in = store.open(key, object.version())) {
                bytes = in.readNBytes(limit + 1);
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                throw new StoreException(Kind.TRANSIENT, "reading " + key + " at " + store.place() + " broke off", e);
            }
        }
        if (object.size() > limit || bytes.length > limit) {
            throw new BundleException(key.name() + " has more than " + limit + " bytes: it is not read");
        }
        return bytes;
    }
}
