package dev.foundation.prune;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.Points;
import dev.foundation.event.RunEvent;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.stream.Lanes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries a plan out: points, then blobs. */
final class Application {
    private static final int BATCH = 256;
    private static final int AT_ONCE = 8;

    private final ObjectStore store;
    private final Points points;
    private final PrunePlan plan;
    private final Consumer<RunEvent> events;
    private final Removal removal;
    private final List<BundleId> removed = new ArrayList<>();
    private final List<String> locked = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int blobs;
    private long freed;

    Application(ObjectStore store, Points points, PrunePlan plan, Consumer<RunEvent> events) {
        this.store = store;
        this.points = points;
        this.plan = plan;
        this.events = events;
        this.removal = new Removal(store);
    }

    Pruning.Outcome run(Pruning.Announcement announcement) throws IOException, InterruptedException {
        if (!plan.sequences().isEmpty()) {
            announcement.removing(plan.sequences().values().stream().sorted().toList());
        }
        boolean answers = true;
        for (BundleId each : plan.removals()) {
            answers = answers && remove(each);
        }
        if (answers) {
            collect();
        }
        return new Pruning.Outcome(removed, blobs, freed, plan.blobs().work().next(), locked, problems);
    }

    /** @return false if the store fails: then the rest waits for the next run */
    private boolean remove(BundleId id) throws InterruptedException {
        try {
            if (!plan.sequences().containsKey(id) && !stillUnsealed(id)) {
                problems.add(id + " at " + store.name() + " was sealed while it was to be removed: it stays");
                return true;
            }
            removal.remove(id);
            removed.add(id);
            events.accept(new RunEvent.Noted("removed " + id + " at " + store.name()));
            return true;
        } catch (StoreException e) {
            Optional<String> lock = removal.locked(e, id);
            if (lock.isPresent()) {
                locked.add(lock.get());
                events.accept(new RunEvent.Noted(lock.get()));
                return true;
            }
            problems.add(id + " could not be removed at " + store.name() + ": " + e.getMessage());
            return e.kind() == Kind.DENIED;
        }
    }

    /** A run or a copy may have ended since the plan was made. */
    private boolean stillUnsealed(BundleId id) throws StoreException, InterruptedException {
        return points.read(id).points().getFirst() instanceof Point.Unsealed;
    }

    private void collect() throws InterruptedException {
        BlobPlan.Work work = plan.blobs().work();
        if (work.rows().isEmpty()) {
            return;
        }
        try {
            for (int row = work.rows().nextSetBit(0); row >= 0; ) {
                Optional<String> stranger = store.folders().stream()
                        .filter(each -> !plan.folders().contains(each))
                        .findFirst();
                if (stranger.isPresent()) {
                    events.accept(new RunEvent.Noted("no more blobs are collected: a run has begun to write "
                            + stranger.get() + " at " + store.name()));
                    return;
                }
                List<Lanes.Task<Boolean>> batch = new ArrayList<>();
                for (; row >= 0 && batch.size() < BATCH; row = work.rows().nextSetBit(row + 1)) {
                    int each = row;
                    batch.add(() -> collect(work, each));
                }
                Lanes.run(batch, AT_ONCE);
            }
        } catch (StoreException e) {
            problems.add("blobs could not be collected at " + store.name() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException("only a store fails here", e);
        } finally {
            if (blobs > 0) {
                events.accept(new RunEvent.Noted("collected " + blobs + " blobs at " + store.name()));
            }
        }
    }

    private boolean collect(BlobPlan.Work work, int row) throws StoreException, InterruptedException {
        ObjectKey key = BundleKeys.blob(work.name(row));
        try {
            store.delete(key);
        } catch (StoreException e) {
            Optional<String> lock = removal.locked(e, key);
            if (lock.isEmpty()) {
                throw e;
            }
            synchronized (this) {
                locked.add(lock.get());
            }
            return false;
        }
        synchronized (this) {
            blobs++;
            freed += work.blobs().size(row);
        }
        return true;
    }
}
