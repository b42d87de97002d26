package dev.foundation.prune;

import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SealedObject;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.stream.Lanes;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which blobs of a store no seal lists. Every sealed point's inventory counts, also of those that are about to go, and is proved by its seal; points
 * whose inventories have the same digest are read once. If one cannot be read, nothing is known, and nothing is collected: a failed listing is never an
 * empty store.
 *
 * <p>A blob goes in two phases. A run marks it, once a point was sealed after it was written (by the store's clock) and does not list it. A run at
 * least a day later removes it, if no seal lists it still and another point was sealed a day after the first. So a run of the backup that reuses what
 * it knows to be there always has a younger seal to show for it.
 */
final class BlobCensus {
    static final Duration PATIENCE = Duration.ofDays(1);
    private static final int AT_ONCE = 2;

    private final ObjectStore store;
    private final BlobTable blobs;
    private final BitSet listed;
    private Optional<BlobName> missing = Optional.empty();

    private BlobCensus(ObjectStore store, BlobTable blobs) {
        this.store = store;
        this.blobs = blobs;
        this.listed = new BitSet(blobs.count());
    }

    /**
     * @param suspended a reason to collect nothing; the blobs are counted all the same
     * @param run this one
     * @throws StoreException if the blobs cannot be listed
     */
    static BlobPlan take(
            ObjectStore store,
            List<Sealed> points,
            Optional<String> suspended,
            Marks marks,
            Marks.Run run,
            List<String> warnings)
            throws StoreException, InterruptedException {
        var census = new BlobCensus(store, BlobTable.of(store));
        Optional<String> why = suspended;
        if (why.isEmpty()) {
            why = census.count(points);
        }
        census.missing.ifPresent(blob -> warnings.add("a blob that points list is not there: blobs/" + blob + Names.AGE
                + "; run `./foundation verify`, then `./foundation replicate`"));
        if (why.isPresent()) {
            String sentence = "no blob is collected: " + why.get();
            warnings.add(sentence);
            return new BlobPlan(
                    why, census.blobs.count(), 0, 0, 0, new BlobPlan.Work(census.blobs, new BitSet(), marks));
        }
        return census.decide(marks, run);
    }

    /** @return why it is not known which are listed */
    private Optional<String> count(List<Sealed> points) throws InterruptedException {
        Set<Sha256> seen = new HashSet<>();
        List<Lanes.Task<Boolean>> tasks = new ArrayList<>();
        for (Sealed point : points) {
            Optional<SealedObject> inventory = point.seal().object(Names.INVENTORY);
            if (inventory.isEmpty() || seen.add(inventory.get().sha256())) {
                tasks.add(() -> count(point));
            }
        }
        try {
            Lanes.run(tasks, AT_ONCE);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("what the points list is not known: " + e.getMessage());
        }
    }

    private boolean count(Sealed point) throws IOException, InterruptedException {
        var own = new BitSet(blobs.count());
        List<BlobName> lost = new ArrayList<>();
        SealedContent.inventory(store, point.signed(), line -> {
            int row = blobs.find(line.name());
            if (row >= 0) {
                own.set(row);
            } else if (lost.isEmpty()) {
                lost.add(line.name());
            }
        });
        synchronized (this) {
            listed.or(own);
            missing = missing.or(() -> lost.stream().findFirst());
        }
        return true;
    }

    private BlobPlan decide(Marks marks, Marks.Run run) {
        var next = new Marks.Builder();
        var rows = new BitSet(blobs.count());
        int marked = 0;
        long size = 0;
        for (int row = listed.nextClearBit(0); row < blobs.count(); row = listed.nextClearBit(row + 1)) {
            Instant written = Instant.ofEpochMilli(blobs.moment(row));
            BlobName name = blobs.name(row);
            // A mark of a blob that was removed since, and sent again, is none.
            Optional<Marks.Run> before = marks.of(name)
                    .filter(mark ->
                            !written.isAfter(mark.storeTime()) && !mark.at().isAfter(run.at()));
            if (before.filter(mark -> ripe(mark, run)).isPresent()) {
                rows.set(row);
                size += blobs.size(row);
                next.add(name, before.get());
            } else if (before.isPresent() || !written.isAfter(run.storeTime())) {
                marked++;
                next.add(name, before.orElse(run));
            }
        }
        int removable = rows.cardinality();
        return new BlobPlan(
                Optional.empty(),
                blobs.count() - marked - removable,
                marked,
                removable,
                size,
                new BlobPlan.Work(blobs, rows, next.build()));
    }

    private static boolean ripe(Marks.Run mark, Marks.Run now) {
        return !mark.at().plus(PATIENCE).isAfter(now.at())
                && !mark.storeTime().plus(PATIENCE).isAfter(now.storeTime())
                && mark.sequence() < now.sequence();
    }
}
