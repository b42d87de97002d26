package dev.foundation.prune;

import dev.foundation.bundle.Alarm;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.PointList;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.Trust;
import dev.foundation.event.RunEvent;
import dev.foundation.retention.Candidate;
import dev.foundation.retention.Decision;
import dev.foundation.retention.Decision.Verdict;
import dev.foundation.retention.Retention;
import dev.foundation.retention.RetentionPlan;
import dev.foundation.retention.RetentionPolicy;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Plans and applies the pruning of one store (R5.1, S7). One at a time for a store. */
public final class Pruning {
    private static final Duration YOUNG = Duration.ofDays(1);

    private final ObjectStore store;
    private final RetentionPolicy policy;
    private final Points points;

    /** Told before sealed points are removed, so that a gap in the chain is explained whenever the removal stops. */
    @FunctionalInterface
    public interface Announcement {
        void removing(List<Long> sequences) throws IOException;
    }

    /**
     * What was done.
     *
     * @param removed points
     * @param blobs removed
     * @param freed the blobs' bytes
     * @param marks to be saved for the next run
     * @param locked what a lock still holds: no failure
     * @param problems what could not be removed, and why
     */
    public record Outcome(
            List<BundleId> removed, int blobs, long freed, Marks marks, List<String> locked, List<String> problems) {
        public Outcome {
            removed = List.copyOf(removed);
            locked = List.copyOf(locked);
            problems = List.copyOf(problems);
        }
    }

    public Pruning(ObjectStore store, Trust trust, RetentionPolicy policy, SealCache cache) {
        this.store = store;
        this.policy = policy;
        this.points = new Points(store, trust, cache, new SecureRandom());
    }

    /** Reads everything from the store. @throws StoreException if anything cannot be asked: then there is no plan, not a short one */
    public PrunePlan plan(Circumstances circumstances, Marks marks, Instant now)
            throws StoreException, InterruptedException {
        return plan(points.listAfresh(circumstances.known()), true, circumstances, marks, now);
    }

    /** As {@link #plan}, from the cache of seals: quick, to be shown, not to be applied. */
    public PrunePlan look(Circumstances circumstances, Marks marks, Instant now)
            throws StoreException, InterruptedException {
        return plan(points.list(circumstances.known()), false, circumstances, marks, now);
    }

    /** The points that the policy keeps, whatever locks hold and whatever became of the blobs: those whose locks are worth lengthening. */
    public Set<BundleId> kept(Circumstances circumstances, Instant now) throws StoreException, InterruptedException {
        PointList list = points.list(circumstances.known());
        return Retention.plan(policy, candidates(list, circumstances, now).values(), now).decisions().stream()
                .filter(Decision::keeps)
                .map(Decision::id)
                .collect(Collectors.toSet());
    }

    private PrunePlan plan(PointList list, boolean afresh, Circumstances circumstances, Marks marks, Instant now)
            throws StoreException, InterruptedException {
        List<String> alarms = list.alarms().stream()
                .filter(Pruning::grave)
                .map(Alarm::message)
                .toList();
        List<String> warnings =
                new ArrayList<>(list.alarms().stream().map(Alarm::message).toList());
        Map<BundleId, Decision> decisions = new TreeMap<>(Comparator.reverseOrder());
        TreeSet<String> folders = new TreeSet<>(store.folders());

        Map<BundleId, Candidate> candidates = candidates(list, circumstances, now);
        RetentionPlan retention = Retention.plan(policy, candidates.values(), now);
        if (store.traits().locks()) {
            askLocks(retention.remove(), list, candidates);
            retention = Retention.plan(policy, candidates.values(), now);
        }
        warnings.addAll(retention.warnings());
        for (Decision each : retention.decisions()) {
            decisions.put(
                    each.id(),
                    alarms.isEmpty() || each.keeps()
                            ? each
                            : new Decision(
                                    each.id(),
                                    Verdict.KEEP,
                                    List.of("nothing is removed while this stands: " + alarms.getFirst())));
        }
        for (Point each : list.points()) {
            if (each instanceof Point.Refused(BundleId id, String reason)) {
                decisions.put(id, new Decision(id, Verdict.KEEP, List.of("refused, and so never touched: " + reason)));
                warnings.add(id + " is refused, and left alone: " + reason);
            }
        }
        Map<BundleId, Long> sequences = new HashMap<>();
        for (Sealed each : list.sealed()) {
            Decision decision = decisions.get(each.id());
            if (decision != null && !decision.keeps()) {
                sequences.put(each.id(), each.seal().sequence());
            }
        }
        BlobPlan blobs = BlobCensus.take(
                store, list.sealed(), suspended(list, candidates, now), marks, run(list, now), warnings);
        return new PrunePlan(
                store.name(), afresh, List.copyOf(decisions.values()), warnings, alarms, sequences, folders, blobs);
    }

    /** What says that the history here may not be all of it, or not ours. Retention itself looks at clocks. */
    private static boolean grave(Alarm alarm) {
        return switch (alarm) {
            case Alarm.SecondVersion a -> true;
            case Alarm.Replaced a -> true;
            case Alarm.SameSequence a -> true;
            case Alarm.BrokenChain a -> true;
            case Alarm.NewerEpoch a -> true;
            case Alarm.StaleEpoch a -> true;
            case Alarm.RolledBack a -> true;
            case Alarm.Gap a -> false;
            case Alarm.ClockWentBack a -> false;
            case Alarm.StrangeFolder a -> false;
        };
    }

    private Map<BundleId, Candidate> candidates(PointList list, Circumstances circumstances, Instant now)
            throws StoreException, InterruptedException {
        Optional<BundleId> newest = list.newest().map(Sealed::id);
        boolean failed = circumstances.lastRunFailed() || unfinished(list, now);
        Map<BundleId, Candidate> all = new TreeMap<>();
        for (Point each : list.points()) {
            BundleId id = each.id();
            boolean held = circumstances.held().contains(id);
            switch (each) {
                case Sealed point ->
                    all.put(
                            id,
                            new Candidate.Point(
                                    id,
                                    point.seal().sequence(),
                                    held,
                                    Optional.empty(),
                                    circumstances.verified().contains(id),
                                    point.seal().suspicious()
                                            && !circumstances.accepted().contains(id),
                                    failed && newest.filter(id::equals).isPresent()));
                case Point.Unsealed unsealed -> all.put(id, new Candidate.Unsealed(id, lastModified(id), held));
                case Point.Refused refused -> {}
            }
        }
        return all;
    }

    /** A run that began after the newest point and left none, or is under way. */
    private static boolean unfinished(PointList list, Instant now) {
        return list.points().stream()
                .filter(Point.Unsealed.class::isInstance)
                .map(Point::id)
                .anyMatch(id -> !id.moment().isAfter(now)
                        && list.newest()
                                .filter(newest -> newest.id().compareTo(id) < 0)
                                .isPresent());
    }

    private Instant lastModified(BundleId id) throws StoreException, InterruptedException {
        List<Instant> newest = new ArrayList<>(List.of(Instant.EPOCH));
        store.list(id + "/", object -> {
            if (object.modified().isAfter(newest.getFirst())) {
                newest.set(0, object.modified());
            }
        });
        return newest.getFirst();
    }

    private void askLocks(List<BundleId> ids, PointList list, Map<BundleId, Candidate> candidates)
            throws StoreException, InterruptedException {
        for (Sealed each : list.sealed()) {
            if (ids.contains(each.id()) && candidates.get(each.id()) instanceof Candidate.Point point) {
                Optional<Instant> until = new Removal(store).lockedUntil(each);
                candidates.put(
                        each.id(),
                        new Candidate.Point(
                                point.id(),
                                point.sequence(),
                                point.held(),
                                until,
                                point.verified(),
                                point.suspicious(),
                                point.failedRunAfter()));
            }
        }
    }

    /** Why nobody can be sure now of what is needed. */
    private static Optional<String> suspended(PointList list, Map<BundleId, Candidate> candidates, Instant now) {
        Optional<Sealed> newest = list.newest();
        Optional<String> clock = Retention.distrust(candidates.values(), now);
        if (clock.isPresent()) {
            return clock;
        }
        if (newest.isEmpty()) {
            return Optional.of("there is no sealed point");
        }
        BundleId id = newest.get().id();
        Optional<String> alarm = list.alarms().stream()
                .filter(each -> grave(each) || each instanceof Alarm.Gap)
                .map(Alarm::message)
                .findFirst();
        if (alarm.isPresent()) {
            return alarm;
        }
        for (Point each : list.points()) {
            if (each instanceof Point.Refused) {
                return Optional.of(each.id() + " is refused: nobody knows what it lists");
            }
        }
        for (Candidate each : candidates.values()) {
            if (each instanceof Candidate.Unsealed folder) {
                boolean young = folder.lastModified().plus(YOUNG).isAfter(now)
                        || folder.id().moment().plus(YOUNG).isAfter(now);
                if (young || folder.id().compareTo(id) > 0) {
                    return Optional.of(folder.id() + " is not sealed: a run may be writing it");
                }
            }
        }
        if (candidates.get(id) instanceof Candidate.Point point && (point.suspicious() || point.failedRunAfter())) {
            return Optional.of(
                    point.suspicious()
                            ? "the newest point " + id + " is suspicious"
                            : "the run after " + id + " failed");
        }
        return Optional.empty();
    }

    private Marks.Run run(PointList list, Instant now) throws StoreException, InterruptedException {
        Optional<Sealed> newest = list.newest();
        if (newest.isEmpty()) {
            return new Marks.Run(now, Instant.EPOCH, 0);
        }
        List<StoredObject> seals = store.versions(new BundleKeys(newest.get().id()).seal());
        Instant sealed = seals.isEmpty() ? Instant.EPOCH : seals.getFirst().modified();
        return new Marks.Run(now, sealed, newest.get().seal().sequence());
    }

    /**
     * Removes what the plan says. To be called at once after it was made, under the lock of S6. Stopped anywhere, every point that is still sealed is whole,
     * and the next run ends the work.
     *
     * @throws IllegalArgumentException if the plan is another store's, or only for show
     * @throws IOException from the announcement: then nothing was removed
     */
    public Outcome apply(PrunePlan plan, Announcement announcement, Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        if (!plan.afresh() || !plan.store().equals(store.name())) {
            throw new IllegalArgumentException("only a fresh plan of this very store can be applied");
        }
        return new Application(store, points, plan, events).run(announcement);
    }
}
