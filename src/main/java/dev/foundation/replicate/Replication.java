package dev.foundation.replicate;

import dev.foundation.bundle.Alarm;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.PointList;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.Trust;
import dev.foundation.event.RunEvent;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes every store have every point. A run that is stopped leaves nothing half-published: a copy is a point only once its seal is signed there, and
 * the next run goes on with what lies there. What pruning removed anywhere is brought back nowhere.
 */
public final class Replication {
    private final List<ObjectStore> stores;
    private final Trust trust;
    private final Function<ObjectStore, SealCache> caches;
    private final Consumer<RunEvent> events;

    /**
     * What was done.
     *
     * @param copied points that a store lacked and has now, by store and then oldest first; one that two stores lacked is there twice
     * @param bytes sent
     * @param problems what could not be copied or mended, and why: sentences for people
     */
    public record Report(List<BundleId> copied, long bytes, List<String> problems) {
        public Report {
            copied = List.copyOf(copied);
            problems = List.copyOf(problems);
        }
    }

    /** @param stores with names of their own */
    public Replication(
            List<ObjectStore> stores, Trust trust, Function<ObjectStore, SealCache> caches, Consumer<RunEvent> events) {
        this.stores = List.copyOf(stores);
        this.trust = trust;
        this.caches = caches;
        this.events = events;
    }

    /** What the stores that answer have. */
    private record Ground(Map<ObjectStore, PointList> lists, List<String> problems) {
        /** Stores with exactly this seal. */
        List<ObjectStore> with(Sealed point) {
            return lists.entrySet().stream()
                    .filter(each -> at(each.getValue(), point.id())
                            .filter(Sealed.class::isInstance)
                            .map(Sealed.class::cast)
                            .filter(there -> there.signed()
                                    .sha256()
                                    .equals(point.signed().sha256()))
                            .isPresent())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private static Optional<Point> at(PointList list, BundleId id) {
        return list.points().stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** Copies what one store has and another lacks, oldest first. Costs listings, and what is copied: damage is {@link #repair}'s work. */
    public Report run(Known known) throws InterruptedException {
        Ground ground = ground(known);
        List<BundleId> copied = new ArrayList<>();
        long bytes = 0;
        List<Sealed> all = all(ground);
        for (ObjectStore target : ground.lists().keySet()) {
            bytes += fill(target, all, ground, known, copied);
        }
        return new Report(copied, bytes, ground.problems());
    }

    /**
     * Reads every object and blob of the chosen points wherever they are sealed, and writes again what is missing or damaged at one store and whole at
     * another: a missing one as new, a damaged one as one more version where the store keeps versions. Elsewhere it is a problem that a person mends.
     */
    public Report repair(Known known, Predicate<BundleId> chosen) throws InterruptedException {
        Ground ground = ground(known);
        long bytes = 0;
        List<Sealed> all =
                all(ground).stream().filter(point -> chosen.test(point.id())).toList();
        for (ObjectStore target : ground.lists().keySet()) {
            var mending = new Mending(target, events, ground.problems());
            for (Sealed point : all) {
                List<ObjectStore> having = ground.with(point);
                if (having.contains(target)) {
                    bytes += mending.mend(
                            point,
                            having.stream().filter(each -> !each.equals(target)).toList());
                }
            }
        }
        return new Report(List.of(), bytes, ground.problems());
    }

    private Ground ground(Known known) throws InterruptedException {
        var ground = new Ground(new LinkedHashMap<>(), new ArrayList<>());
        for (ObjectStore store : stores) {
            try {
                PointList list = new Points(store, trust, caches.apply(store), new SecureRandom()).list(known);
                Optional<Alarm> claimed = list.alarms().stream()
                        .filter(Alarm.NewerEpoch.class::isInstance)
                        .findFirst();
                if (claimed.isPresent()) {
                    // Somebody else's stores now: not a byte is written.
                    return new Ground(
                            Map.of(),
                            List.of(store.name() + ": " + claimed.get().message()));
                }
                ground.lists().put(store, list);
            } catch (StoreException e) {
                ground.problems().add(store.name() + " does not answer: " + e.getMessage());
            }
        }
        return ground;
    }

    /** Each seal once, in the chain's order. */
    private static List<Sealed> all(Ground ground) {
        var points = new TreeMap<String, Sealed>();
        ground.lists()
                .values()
                .forEach(list -> list.sealed()
                        .forEach(point -> points.putIfAbsent(
                                point.id() + " " + point.signed().sha256(), point)));
        return points.values().stream()
                .sorted(Comparator.comparing(Sealed::seal, Seal.ORDER))
                .toList();
    }

    private long fill(ObjectStore target, List<Sealed> all, Ground ground, Known known, List<BundleId> copied)
            throws InterruptedException {
        PointList list = ground.lists().getOrDefault(target, new PointList(List.of(), List.of()));
        Map<BundleId, Point> there = new TreeMap<>();
        list.points().forEach(point -> there.put(point.id(), point));
        var copy = new PointCopy(target);
        Optional<Sealed> neighbour = Optional.empty();
        long bytes = 0;
        for (Sealed point : all) {
            switch (there.get(point.id())) {
                case Sealed same
                when same.signed().sha256().equals(point.signed().sha256()) -> {
                    neighbour = Optional.of(same);
                    continue;
                }
                case Sealed other -> {
                    ground.problems()
                            .add(target.name() + " has another seal for " + point.id() + " (sequence "
                                    + other.seal().sequence() + ") than "
                                    + ground.with(point).getFirst().name() + " (sequence "
                                    + point.seal().sequence()
                                    + "): look at both");
                    continue;
                }
                case Point.Refused(BundleId id, String reason) -> {
                    ground.problems()
                            .add(id + " is refused at " + target.name() + ", and its good copy cannot go there: "
                                    + reason + ". Look at it, then remove the folder by hand");
                    continue;
                }
                case Point.Unsealed unfinished -> {}
                case null -> {}
            }
            if (pruned(point, known)) {
                continue;
            }
            String step = "copy " + point.id() + " to " + target.name();
            events.accept(new RunEvent.Began(step));
            long start = System.nanoTime();
            try {
                long sent = copy.copy(
                        point,
                        ground.with(point),
                        neighbour.or(() -> list.sealed().stream().findFirst()));
                bytes += sent;
                copied.add(point.id());
                events.accept(new RunEvent.Finished(
                        step, sent, Duration.ofNanos(System.nanoTime() - start).toMillis()));
            } catch (StoreException e) {
                problem(ground, point.id() + " could not be copied to " + target.name() + ": " + e.getMessage());
                return bytes; // it will not take the next one either
            } catch (IOException e) {
                problem(ground, point.id() + " could not be copied to " + target.name() + ": " + e.getMessage());
            }
        }
        return bytes;
    }

    private void problem(Ground ground, String sentence) {
        ground.problems().add(sentence);
        events.accept(new RunEvent.Warned(sentence));
    }

    private static boolean pruned(Sealed point, Known known) {
        long sequence = point.seal().sequence();
        return known.removed().stream().anyMatch(range -> range.first() <= sequence && sequence <= range.last());
    }
}
