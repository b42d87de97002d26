package dev.foundation.verify;

import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.SealedObject;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The folder of one point at one place: every object that its seal names, and what else lies there. */
final class PointCheck {
    private static final int SHOWN = 20;

    private final ObjectStore store;
    private final Findings findings;
    private final Patience patience;
    private final Work work;

    PointCheck(ObjectStore store, Findings findings, Patience patience, Work work) {
        this.store = store;
        this.findings = findings;
        this.patience = patience;
        this.work = work;
    }

    /**
     * @param whole every object is there as sealed
     * @param inventory the version that is as sealed; empty if there is none
     */
    record Result(boolean whole, Optional<StoredObject> inventory) {}

    Result run(Point.Sealed point) throws StoreGone, InterruptedException {
        boolean whole = folder(point);
        Optional<StoredObject> inventory = Optional.empty();
        for (SealedObject each : point.seal().objects()) {
            Optional<StoredObject> good = object(point, each);
            whole &= good.isPresent();
            if (each.name().equals(Names.INVENTORY)) {
                inventory = good;
            }
        }
        return new Result(whole, inventory);
    }

    /** What is listed: nothing beside what is sealed, and nothing sealed behind a deletion. */
    private boolean folder(Point.Sealed point) throws StoreGone, InterruptedException {
        String id = point.id().toString();
        Set<String> hidden = new HashSet<>(Set.of(Names.SEAL, Names.SIGNATURE));
        point.seal().objects().forEach(each -> hidden.add(each.name()));
        Set<String> sealed = Set.copyOf(hidden);
        long[] strangers = {0};
        try {
            store.list(id + "/", each -> {
                String name = each.key().path().substring(id.length() + 1);
                if (!hidden.remove(name) && !sealed.contains(name) && ++strangers[0] <= SHOWN) {
                    findings.add(
                            Severity.WARNING,
                            id,
                            name,
                            "lies in the point's folder, but its seal does not name it: it is no part of the point."
                                    + Advice.WHO);
                }
            });
        } catch (StoreException e) {
            findings.add(Severity.ERROR, id, "", "its folder cannot be listed: " + e.getMessage() + "." + Advice.AGAIN);
            patience.tried(e);
            return false;
        }
        if (strangers[0] > SHOWN) {
            findings.add(
                    Severity.WARNING,
                    id,
                    "",
                    (strangers[0] - SHOWN) + " more objects lie in its folder that its seal does not name."
                            + Advice.WHO);
        }
        for (String each : hidden.stream().sorted().toList()) {
            boolean kept = each.equals(Names.SEAL) || each.equals(Names.SIGNATURE) || kept(point, each);
            if (kept) {
                findings.add(
                        Severity.WARNING,
                        id,
                        each,
                        "is deleted, but its older version is kept: this program reads it, others do not see it."
                                + Advice.WHO);
            }
        }
        return true;
    }

    private boolean kept(Point.Sealed point, String name) throws InterruptedException {
        try {
            return !store.versions(new BundleKeys(point.id()).object(name)).isEmpty();
        } catch (StoreException e) {
            return false; // told when it is read
        }
    }

    private Optional<StoredObject> object(Point.Sealed point, SealedObject object)
            throws StoreGone, InterruptedException {
        String id = point.id().toString();
        var proof = new Proof(
                store, new BundleKeys(point.id()).object(object.name()), object.size(), object.sha256(), work);
        Proof.Found found;
        try {
            found = proof.all();
        } catch (StoreException e) {
            findings.add(
                    Severity.ERROR, id, object.name(), "cannot be asked for: " + e.getMessage() + "." + Advice.AGAIN);
            patience.tried(e);
            return Optional.empty();
        }
        for (Proof.Verdict each : found.verdicts()) {
            if (each instanceof Proof.Verdict.Unread unread) {
                patience.tried(unread.why());
            }
        }
        Told.of(found).ifPresent(told -> findings.add(told.severity(), id, object.name(), told.message()));
        return found.good();
    }
}
