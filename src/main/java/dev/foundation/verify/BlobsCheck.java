package dev.foundation.verify;

import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.InventoryLine;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.SealedObject;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The blobs of one place, point by point from the newest: what the point before has listed in the same words was looked at with it, and is not read again.
 * Memory grows with what is damaged only.
 */
final class BlobsCheck {
    private static final int SHOWN = 1000;

    private final ObjectStore store;
    private final Findings findings;
    private final Patience patience;
    private final Work work;
    private final Batch batch;
    private final Sample sample;
    private final Set<BlobName> bad = new HashSet<>();
    private @Nullable Listed before;

    /** A point's inventory, found as sealed, of which every line was looked at. */
    private record Listed(Point.Sealed point, SealedObject object, StoredObject version) {}

    BlobsCheck(ObjectStore store, Findings findings, Patience patience, Work work, Batch batch, Sample sample) {
        this.store = store;
        this.findings = findings;
        this.patience = patience;
        this.work = work;
        this.batch = batch;
        this.sample = sample;
    }

    /** @return whether every blob that the point lists was read, now or with a newer point, and is as sealed */
    boolean run(Point.Sealed point, Optional<StoredObject> inventory) throws StoreGone, InterruptedException {
        Optional<SealedObject> object = point.seal().object(Names.INVENTORY);
        if (object.isEmpty()) {
            boolean none = point.seal().blobs().count() == 0;
            if (!none) {
                findings.add(
                        Severity.ERROR,
                        point.id().toString(),
                        Names.INVENTORY,
                        "is not named by the seal, though the point has blobs. Take a new point.");
            }
            return none;
        }
        if (inventory.isEmpty()) {
            return false; // told with the point's objects
        }
        Listed now = new Listed(point, object.get(), inventory.get());
        var state = new State(point.id().toString());
        try (InventoryWalk own = open(now)) {
            Listed newer = before;
            if (newer == null) {
                walk(own, null, state);
            } else {
                try (InventoryWalk cover = open(newer)) {
                    walk(own, cover, state);
                    cover.finish();
                }
            }
            own.finish();
        } catch (StoreException e) {
            findings.add(
                    Severity.ERROR,
                    state.point,
                    Names.INVENTORY,
                    "could not be read: " + e.getMessage() + "." + Advice.AGAIN);
            patience.tried(e);
            return false;
        } catch (IOException e) {
            findings.add(Severity.ERROR, state.point, Names.INVENTORY, e.getMessage() + "." + Advice.REPAIR);
            return false;
        }
        state.tell(findings);
        before = now;
        return state.bad == 0 && state.sharedBad == 0 && !state.skipped;
    }

    private InventoryWalk open(Listed listed) throws IOException, InterruptedException {
        ObjectKey key = new BundleKeys(listed.point().id()).inventory();
        return new InventoryWalk(
                store.open(key, listed.version().version()),
                listed.object(),
                listed.point().seal().blobs());
    }

    private void walk(InventoryWalk own, @Nullable InventoryWalk cover, State state)
            throws IOException, StoreGone, InterruptedException {
        List<InventoryLine> chosen = new ArrayList<>(Batch.SIZE);
        for (Optional<InventoryLine> line = own.next(); line.isPresent(); line = own.next()) {
            if (cover != null && cover.has(line.get())) {
                state.sharedBad += bad.contains(line.get().name()) ? 1 : 0;
                state.skipped |= !sample.whole();
            } else if (sample.take()) {
                chosen.add(line.get());
                if (chosen.size() == Batch.SIZE) {
                    read(chosen, state);
                    chosen.clear();
                }
            } else {
                state.skipped = true;
            }
        }
        read(chosen, state);
    }

    private record Seen(Optional<Told> told, Optional<StoreException> failure) {}

    private void read(List<InventoryLine> lines, State state) throws StoreGone, InterruptedException {
        List<Seen> seen = batch.map(lines, this::blob);
        for (int i = 0; i < seen.size(); i++) {
            BlobName name = lines.get(i).name();
            Optional<Told> told = seen.get(i).told();
            if (told.isPresent()) {
                state.told(findings, name, told.get());
                if (told.get().severity() == Severity.ERROR) {
                    bad.add(name);
                    state.bad++;
                }
            }
            if (seen.get(i).failure().isPresent()) {
                patience.tried(seen.get(i).failure().get());
            }
        }
    }

    /** The newest version first, for a damaged blob may have been sent again, and to ask for versions costs as much as a small blob. */
    private Seen blob(InventoryLine line) throws InterruptedException {
        var proof = new Proof(store, BundleKeys.blob(line.name()), line.size(), line.sha256(), work);
        Proof.Verdict newest = proof.version("");
        if (newest instanceof Proof.Verdict.Good) {
            return new Seen(Optional.empty(), Optional.empty());
        }
        try {
            return new Seen(
                    Told.of(proof.all()),
                    newest instanceof Proof.Verdict.Unread(StoreException why) ? Optional.of(why) : Optional.empty());
        } catch (StoreException e) {
            return new Seen(
                    Optional.of(
                            new Told(Severity.ERROR, "cannot be asked for: " + e.getMessage() + "." + Advice.AGAIN)),
                    Optional.of(e));
        }
    }

    /** Of one point. */
    private static final class State {
        private final String point;
        private boolean skipped;
        private long bad;
        private long sharedBad;
        private long told;

        State(String point) {
            this.point = point;
        }

        void told(Findings findings, BlobName name, Told what) {
            told++;
            if (told <= SHOWN) {
                findings.add(what.severity(), point, BundleKeys.blob(name).path(), what.message());
            }
        }

        void tell(Findings findings) {
            if (told > SHOWN) {
                findings.add(
                        Severity.ERROR,
                        point,
                        Names.BLOBS,
                        (told - SHOWN) + " more blobs that it lists are not as sealed; " + SHOWN + " are named."
                                + Advice.REPAIR);
            }
            if (sharedBad > 0) {
                findings.add(
                        Severity.ERROR,
                        point,
                        Names.BLOBS,
                        sharedBad + " of the blobs that it lists are not as sealed; they are named with a newer point."
                                + Advice.REPAIR);
            }
        }
    }
}
