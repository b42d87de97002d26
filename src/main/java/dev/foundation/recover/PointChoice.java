package dev.foundation.recover;

import dev.foundation.bundle.Alarm;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.PointList;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.Trust;
import dev.foundation.event.RunEvent;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.verify.Finding;
import dev.foundation.verify.IntegrityCheck;
import dev.foundation.verify.IntegrityReport;
import dev.foundation.verify.Sample;
import dev.foundation.verify.Severity;
import dev.foundation.verify.Which;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Which point a recovery takes: the newest sealed one whose signature and checksums hold now, every byte read. What is newer and does not hold
 * is told with its findings; what the chain of seals shows is told whatever is taken. Trusts nothing that the store says.
 */
public final class PointChoice {
    private final ObjectStore store;
    private final Trust trust;
    private final Known known;
    private final Consumer<RunEvent> events;
    private final RandomGenerator random;

    /**
     * @param known what is known of the chain from elsewhere; on a fresh machine mostly nothing
     * @param events progress, and warnings
     */
    public PointChoice(ObjectStore store, Trust trust, Known known, RandomGenerator random, Consumer<RunEvent> events) {
        this.store = store;
        this.trust = trust;
        this.known = known;
        this.random = random;
        this.events = events;
    }

    /**
     * @param point what is taken
     * @param rejected newer ones that were not, newest first
     * @param alarms what the chain showed
     * @param read every byte of it was read and held against the seal just now; false where it was only listed
     */
    public record Choice(Sealed point, List<Rejected> rejected, List<String> alarms, boolean read) {
        public Choice {
            rejected = List.copyOf(rejected);
            alarms = List.copyOf(alarms);
        }
    }

    /**
     * Lists, proves the seals' signatures and the chain, and reads no artifact and no blob: whether the point holds is not known afterwards.
     *
     * @param asked this one; else the newest
     */
    public Choice listed(Optional<BundleId> asked) throws NothingHolds, NotReached, InterruptedException {
        PointList list = list();
        List<String> alarms = alarms(list);
        List<Rejected> rejected = refused(list, asked);
        Sealed taken = candidates(list, asked).getFirst();
        events.accept(new RunEvent.Noted(taken.id() + " was listed and its seal's signature holds; it was not read"));
        return new Choice(taken, rejected, alarms, false);
    }

    /** As {@link #listed}, but the point taken was read to its last byte, blobs and all. */
    public Choice newest(Optional<BundleId> asked) throws NothingHolds, NotReached, InterruptedException {
        PointList list = list();
        List<String> alarms = alarms(list);
        List<Rejected> rejected = refused(list, asked);
        for (Sealed each : candidates(list, asked)) {
            IntegrityReport report = new IntegrityCheck(
                            List.of(store), trust, any -> known, new Sample(100, random), events)
                    .run(new Which.One(each.id()));
            List<String> why = report.findings().stream()
                    .filter(found -> found.severity() == Severity.ERROR)
                    .filter(found -> found.point().isEmpty()
                            || found.point().equals(each.id().toString()))
                    .map(Finding::text)
                    .toList();
            if (!report.unanswered().isEmpty()) {
                throw new NotReached(store.name() + " (" + store.place() + ") stopped to answer while " + each.id()
                        + " was read, so nobody knows whether it holds: " + String.join("; ", why)
                        + ". Run it again when the place answers; no older point was taken");
            }
            if (report.whole().contains(each.id())) {
                events.accept(new RunEvent.Noted(each.id() + " holds: signature, chain, and every checksum of "
                        + report.objects() + " objects"));
                return new Choice(each, rejected, alarms, true);
            }
            rejected.add(reject(each.id(), why));
        }
        throw new NothingHolds(
                (asked.isPresent() ? asked.get() + " does not hold" : "no point at " + store.place() + " holds")
                        + ", so nothing was recovered: "
                        + rejected.stream()
                                .map(each -> each.point() + " (" + each.why().getFirst() + ")")
                                .reduce((a, b) -> a + "; " + b)
                                .orElse("")
                        + ". Try another place with --from",
                rejected);
    }

    private Rejected reject(BundleId id, List<String> why) {
        List<String> reasons = why.isEmpty() ? List.of("it is not whole") : why;
        events.accept(new RunEvent.Warned(id + " is not taken: " + String.join("; ", reasons)));
        return new Rejected(id, reasons);
    }

    private PointList list() throws NotReached, InterruptedException {
        events.accept(new RunEvent.Began("points at " + store.name()));
        try {
            return new Points(store, trust, SealCache.none(), random).listAfresh(known);
        } catch (StoreException e) {
            throw new NotReached("the points at " + store.name() + " (" + store.place() + ") cannot be listed: "
                    + e.getMessage() + ". Nothing was touched");
        } finally {
            events.accept(new RunEvent.Finished("points at " + store.name(), 0, 0));
        }
    }

    /** A fresh machine does not know what was pruned, so a gap alone is no alarm. */
    private List<String> alarms(PointList list) {
        List<String> told = new ArrayList<>();
        for (Alarm each : list.alarms()) {
            if (each instanceof Alarm.Gap(long first, long last)) {
                events.accept(new RunEvent.Noted("sequences " + first + " to " + last
                        + " are not there: pruned, if retention says so; this machine cannot know"));
            } else {
                events.accept(new RunEvent.Warned(each.message()));
                told.add(each.message());
            }
        }
        return told;
    }

    /** Folders with a newer name than every candidate's are told: a forged or unfinished point is never passed over in silence. */
    private List<Rejected> refused(PointList list, Optional<BundleId> asked) {
        List<Rejected> refused = new ArrayList<>();
        Optional<BundleId> newest = list.newest().map(Point::id);
        for (Point each : list.points().reversed()) {
            if (asked.isPresent() && !asked.get().equals(each.id())) {
                continue;
            }
            switch (each) {
                case Point.Refused(BundleId id, String reason) -> refused.add(reject(id, List.of(reason)));
                case Point.Unsealed(BundleId id, String reason) -> {
                    if (asked.isPresent() || newest.isEmpty() || newest.get().compareTo(id) < 0) {
                        refused.add(reject(id, List.of(reason)));
                    }
                }
                case Sealed _ -> {}
            }
        }
        return refused;
    }

    /** Newest first; at least one. */
    private List<Sealed> candidates(PointList list, Optional<BundleId> asked) throws NothingHolds {
        List<Sealed> sealed = list.sealed().reversed().stream()
                .filter(each -> asked.isEmpty() || asked.get().equals(each.id()))
                .toList();
        if (sealed.isEmpty()) {
            throw new NothingHolds(
                    asked.map(id -> "there is no sealed point " + id).orElse("there is no sealed point")
                            + " of the foundation " + trust.instance() + " at " + store.name() + " (" + store.place()
                            + "). Is this the place, and is this the configuration of the foundation that wrote there?",
                    List.of());
        }
        return sealed;
    }
}
