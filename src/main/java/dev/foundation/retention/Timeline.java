package dev.foundation.retention;

import dev.foundation.bundle.BundleId;
import dev.foundation.retention.Candidate.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Points in the order of their sequence, held against the moments in their names. A moment is what some clock said; the sequence is what the chain of
 * seals says. Where the two contradict each other, nobody can tell from here which of the two points is wrong, so both are out of order: they stay,
 * and take no other point's place. As both stay, asking again after a prune gives the same answer.
 *
 * @param points oldest first
 * @param disorder why a point is out of order, by point
 */
record Timeline(List<Point> points, Map<BundleId, String> disorder) {
    private static final Duration LEAST_DISTANCE = Duration.ofDays(1);
    private static final Duration LONGEST_SILENCE = Duration.ofDays(40);

    static Timeline of(Collection<Point> unordered, Instant now) {
        List<Point> points = unordered.stream()
                .sorted(Comparator.comparingLong(Point::sequence).thenComparing(Point::id))
                .toList();
        var disorder = new HashMap<BundleId, String>();
        for (int i = 1; i < points.size(); i++) {
            Point one = points.get(i - 1);
            Point other = points.get(i);
            if (one.sequence() == other.sequence()) {
                disorder.put(one.id(), "out of order: " + other.id() + " has the same sequence " + one.sequence());
                disorder.put(other.id(), "out of order: " + one.id() + " has the same sequence " + one.sequence());
            }
        }
        // A point from the future must not put every later one out of order: it is told apart by the clock alone, while
        // the newest point agrees with
        // that clock. Where it does not, the clock is behind, and says nothing about any point.
        boolean clockAgrees =
                !points.isEmpty() && !points.getLast().id().moment().isAfter(now);
        var past = new ArrayList<Point>();
        for (Point point : points) {
            if (clockAgrees && point.id().moment().isAfter(now)) {
                disorder.putIfAbsent(
                        point.id(), "out of order: its name is of the future, for the clock says " + Words.moment(now));
            } else {
                past.add(point);
            }
        }
        contradictions(past, true, disorder);
        contradictions(past.reversed(), false, disorder);
        return new Timeline(points, Map.copyOf(disorder));
    }

    /** Marks each point that does not lie on the same side, in time as in sequence, of every point before it in {@code points}. */
    private static void contradictions(List<Point> points, boolean forward, Map<BundleId, String> disorder) {
        @Nullable Point furthest = null;
        for (Point point : points) {
            if (furthest == null) {
                furthest = point;
                continue;
            }
            int comparison = point.id().compareTo(furthest.id());
            boolean further = forward ? comparison > 0 : comparison < 0;
            if (further) {
                furthest = point;
            } else if (furthest.sequence() != point.sequence()) {
                disorder.putIfAbsent(
                        point.id(),
                        "out of order: its sequence " + point.sequence() + (forward ? " is above" : " is below")
                                + " that of " + furthest.id() + " (" + furthest.sequence() + "), its name "
                                + (forward ? "older" : "newer"));
            }
        }
    }

    /** The highest sequence (P2). */
    Optional<Point> newest() {
        return points.isEmpty() ? Optional.empty() : Optional.of(points.getLast());
    }

    boolean inOrder(Point point) {
        return !disorder.containsKey(point.id());
    }

    /** Why nothing may be removed by this clock; empty if it agrees with the points. */
    Optional<String> distrust(Instant now) {
        if (points.isEmpty()) {
            return Optional.of("there is no sealed point: nothing is removed");
        }
        BundleId newest = points.getLast().id();
        if (now.isBefore(newest.moment())) {
            return Optional.of("the clock says " + Words.moment(now) + ", the newest point is " + newest
                    + ": nothing is removed while the clock is behind");
        }
        Duration limit = longestSilence();
        if (Duration.between(newest.moment(), now).compareTo(limit) > 0) {
            return Optional.of("the clock says " + Words.moment(now) + ", the newest point is " + newest
                    + ", more than " + Words.duration(limit)
                    + " before: nothing is removed until a new point agrees with the clock");
        }
        return Optional.empty();
    }

    /** Three times the usual distance of points (a day at least), and never more than 40 days. */
    private Duration longestSilence() {
        List<Point> ordered = points.stream().filter(this::inOrder).toList();
        if (ordered.size() < 2) {
            return LONGEST_SILENCE;
        }
        var distances = new ArrayList<Duration>();
        for (int i = Math.max(1, ordered.size() - 20); i < ordered.size(); i++) {
            distances.add(Duration.between(
                    ordered.get(i - 1).id().moment(), ordered.get(i).id().moment()));
        }
        Collections.sort(distances);
        Duration usual = distances.get(distances.size() / 2);
        Duration limit = (usual.compareTo(LEAST_DISTANCE) > 0 ? usual : LEAST_DISTANCE).multipliedBy(3);
        return limit.compareTo(LONGEST_SILENCE) < 0 ? limit : LONGEST_SILENCE;
    }
}
