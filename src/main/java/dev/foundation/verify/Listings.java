package dev.foundation.verify;

import dev.foundation.bundle.Alarm;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.PointList;
import dev.foundation.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the places that answered say that they hold, each for itself and held against each other. */
final class Listings {
    private static final int SHOWN = 20;

    private final Map<ObjectStore, PointList> lists;
    private final Map<ObjectStore, Map<BundleId, Point.Sealed>> sealed = new HashMap<>();
    private final Function<ObjectStore, Known> known;

    Listings(Map<ObjectStore, PointList> lists, Function<ObjectStore, Known> known) {
        this.lists = Map.copyOf(lists);
        this.known = known;
        lists.forEach((store, list) -> {
            Map<BundleId, Point.Sealed> here = new HashMap<>();
            list.sealed().forEach(each -> here.put(each.id(), each));
            sealed.put(store, here);
        });
    }

    /** Every sealed point, from any place that has it. */
    Map<BundleId, Point.Sealed> everywhere() {
        Map<BundleId, Point.Sealed> all = new TreeMap<>();
        sealed.values().forEach(all::putAll);
        return all;
    }

    /** Newest first. */
    List<Point.Sealed> sealed(ObjectStore store, Set<BundleId> chosen) {
        return list(store).sealed().stream()
                .filter(each -> chosen.contains(each.id()))
                .toList()
                .reversed();
    }

    /** Alarms, folders that are no points, and what other places have that this one lacks or has otherwise. */
    void tell(ObjectStore store, Set<BundleId> chosen, Findings findings) {
        PointList list = list(store);
        var alarms = new Alarms(store.name(), (first, last) -> elsewhere(store, first, last));
        for (Alarm each : list.alarms()) {
            findings.add(alarms.finding(each));
        }
        for (Point each : list.points()) {
            switch (each) {
                case Point.Sealed point -> forks(point, findings);
                case Point.Unsealed(BundleId id, String reason) ->
                    findings.add(
                            Severity.WARNING,
                            id.toString(),
                            Names.SEAL,
                            "it is no point: " + reason
                                    + ". If no run is writing it and it was a point before, its seal was taken"
                                    + " away: compare with the other place.");
                case Point.Refused(BundleId id, String reason) ->
                    findings.add(
                            Severity.ERROR,
                            id.toString(),
                            Names.SEAL,
                            "it is refused: " + reason + ". Do not restore it here; compare with the other place."
                                    + Advice.WHO);
            }
        }
        lacking(store, chosen, findings);
    }

    /** Places where this point has another seal. Two good signatures over two contents: whoever made the second one has our key. */
    List<ObjectStore> forks(Point.Sealed point) {
        return sealed.entrySet().stream()
                .filter(each -> {
                    Point.Sealed there = each.getValue().get(point.id());
                    return there != null
                            && !there.signed().sha256().equals(point.signed().sha256());
                })
                .map(Map.Entry::getKey)
                .toList();
    }

    private void forks(Point.Sealed point, Findings findings) {
        for (ObjectStore other : forks(point)) {
            findings.add(
                    Severity.ERROR,
                    point.id().toString(),
                    Names.SEAL,
                    "has another seal than at " + other.name()
                            + ", and both are signed with our key: two hosts write, or the key is known to somebody else.");
        }
    }

    private void lacking(ObjectStore store, Set<BundleId> chosen, Findings findings) {
        Set<BundleId> here = list(store).points().stream()
                .filter(each -> !(each instanceof Point.Unsealed))
                .map(Point::id)
                .collect(Collectors.toSet());
        List<Known.Range> pruned = known.apply(store).removed();
        List<Point.Sealed> missing = new ArrayList<>();
        everywhere().forEach((id, point) -> {
            long sequence = point.seal().sequence();
            if (!here.contains(id)
                    && chosen.contains(id)
                    && pruned.stream().noneMatch(each -> each.first() <= sequence && sequence <= each.last())) {
                missing.add(point);
            }
        });
        for (Point.Sealed each : missing.subList(0, Math.min(SHOWN, missing.size()))) {
            findings.add(
                    Severity.WARNING,
                    each.id().toString(),
                    "",
                    "is not here, though another place has it: it is incomplete. `./foundation replicate` copies it.");
        }
        if (missing.size() > SHOWN) {
            findings.add(
                    Severity.WARNING,
                    "",
                    "",
                    (missing.size() - SHOWN)
                            + " more points are not here, though another place has them. `./foundation replicate` copies them.");
        }
    }

    /** Whether the other places together have a point for each of these sequences. */
    private boolean elsewhere(ObjectStore store, long first, long last) {
        long found = lists.entrySet().stream()
                .filter(each -> !each.getKey().equals(store))
                .flatMap(each -> each.getValue().sealed().stream())
                .map(each -> each.seal().sequence())
                .filter(each -> first <= each && each <= last)
                .distinct()
                .count();
        return found == last - first + 1;
    }

    private PointList list(ObjectStore store) {
        PointList list = lists.get(store);
        if (list == null) {
            throw new IllegalArgumentException(store.name() + " did not answer");
        }
        return list;
    }
}
