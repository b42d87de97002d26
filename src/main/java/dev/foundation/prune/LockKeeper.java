package dev.foundation.prune;

import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.InventoryLine;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.Trust;
import dev.foundation.retention.Expiry;
import dev.foundation.retention.RetentionPolicy;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import dev.foundation.stream.Lanes;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a store locks objects: holds everything of the points that retention keeps, and each blob that they list, until the last of these points expires
 * (P3). Never shortens a lock. Needs a right that the agent does not have.
 */
public final class LockKeeper {
    private static final int AT_ONCE = 8;
    private static final int BATCH = 256;
    /** Versions of one size that are held; a foe may have written more. */
    private static final int MOST_VERSIONS = 3;

    private final ObjectStore store;
    private final RetentionPolicy policy;
    private final Points points;
    private final List<String> problems = new ArrayList<>();
    private long held;

    /**
     * @param held objects and blobs that are held long enough now
     * @param problems whose locks are not known to be long enough, and why
     */
    public record Report(long held, List<String> problems) {
        public Report {
            problems = List.copyOf(problems);
        }
    }

    public LockKeeper(ObjectStore store, Trust trust, RetentionPolicy policy, SealCache cache) {
        this.store = store;
        this.policy = policy;
        this.points = new Points(store, trust, cache, new SecureRandom());
    }

    /**
     * Does nothing where the store has no locks.
     *
     * @param kept by retention
     * @throws StoreException if the store fails; what was held by then stays so
     */
    public Report lengthen(Known known, Set<BundleId> kept, Instant now) throws IOException, InterruptedException {
        if (!store.traits().locks()) {
            return new Report(0, List.of());
        }
        List<Sealed> all = points.list(known).sealed().stream()
                .filter(each -> kept.contains(each.id()))
                .sorted(Comparator.comparing(Sealed::id))
                .toList();
        Map<BundleId, Instant> until =
                Expiry.of(policy, all.stream().map(Sealed::id).toList(), now);
        // The longest first: a blob is then held once, for the last of the points that list it.
        List<Sealed> order = all.stream()
                .sorted(Comparator.<Sealed, Instant>comparing(each -> until.getOrDefault(each.id(), Instant.EPOCH))
                        .reversed())
                .toList();
        BlobTable done = BlobTable.empty();
        for (Sealed each : order) {
            Instant moment = until.getOrDefault(each.id(), Instant.EPOCH);
            if (moment.isAfter(now)) {
                done = point(each, moment, done);
            }
        }
        return new Report(held, problems);
    }

    private BlobTable point(Sealed point, Instant until, BlobTable done) throws IOException, InterruptedException {
        var keys = new BundleKeys(point.id());
        for (SealedObject each : point.seal().objects()) {
            hold(keys.object(each.name()), each.size(), until);
        }
        hold(keys.seal(), point.signed().bytes().length, until);
        hold(keys.signature(), point.signed().signature().length(), until);
        var table = new BlobTable.Builder();
        List<Lanes.Task<Boolean>> batch = new ArrayList<>();
        try {
            SealedContent.inventory(store, point.signed(), line -> {
                table.add(line);
                if (!done.has(line)) {
                    batch.add(() -> hold(line, until));
                }
                if (batch.size() == BATCH) {
                    Lanes.run(batch, AT_ONCE);
                    batch.clear();
                }
            });
            Lanes.run(batch, AT_ONCE);
            return table.build();
        } catch (dev.foundation.bundle.BundleException e) {
            problem("the blobs of " + point.id() + " were not locked longer: " + e.getMessage());
            return done;
        }
    }

    private boolean hold(InventoryLine line, Instant until) throws StoreException, InterruptedException {
        hold(BundleKeys.blob(line.name()), line.size(), until);
        return true;
    }

    private void hold(ObjectKey key, long size, Instant until) throws StoreException, InterruptedException {
        List<StoredObject> versions = store.versions(key).stream()
                .filter(each -> each.size() == size)
                .limit(MOST_VERSIONS)
                .toList();
        if (versions.isEmpty()) {
            problem(key + " is not there as sealed: run `./foundation verify`");
            return;
        }
        for (StoredObject each : versions) {
            store.lock(key, each.version(), until);
        }
        synchronized (this) {
            held++;
        }
    }

    private synchronized void problem(String sentence) {
        problems.add(sentence);
    }
}
