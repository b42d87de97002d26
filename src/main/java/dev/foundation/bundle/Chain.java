package dev.foundation.bundle;

import dev.foundation.bundle.Point.Sealed;
import dev.foundation.stream.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the seals of a store against each other and against what is known from elsewhere. Pure. */
final class Chain {
    private final TreeMap<Long, List<Sealed>> bySequence = new TreeMap<>();
    private final TreeMap<Integer, Long> firstOfEpoch = new TreeMap<>();
    private final Trust trust;
    private final Known known;
    private final List<Alarm> alarms = new ArrayList<>();

    private Chain(List<Sealed> points, Trust trust, Known known) {
        this.trust = trust;
        this.known = known;
        for (Sealed each : points) {
            bySequence
                    .computeIfAbsent(each.seal().sequence(), any -> new ArrayList<>())
                    .add(each);
            firstOfEpoch.merge(each.seal().epoch(), each.seal().sequence(), Math::min);
        }
    }

    static List<Alarm> examine(List<Sealed> points, Trust trust, Known known) {
        var chain = new Chain(points, trust, known);
        chain.sequences();
        chain.links();
        chain.epochs();
        chain.times();
        return List.copyOf(chain.alarms);
    }

    private void sequences() {
        long highest = bySequence.isEmpty() ? 0 : bySequence.lastKey();
        if (highest < known.sequence()) {
            alarms.add(new Alarm.RolledBack(known.sequence(), highest));
        }
        long expected = 1;
        for (Map.Entry<Long, List<Sealed>> each : bySequence.entrySet()) {
            gaps(expected, each.getKey() - 1);
            expected = each.getKey() + 1;
            if (each.getValue().size() > 1) {
                alarms.add(new Alarm.SameSequence(
                        each.getKey(), each.getValue().stream().map(Sealed::id).toList()));
            }
            if (each.getKey() == known.sequence()) {
                for (Sealed point : each.getValue()) {
                    if (!known.seal().equals(Optional.of(point.signed().sha256()))) {
                        alarms.add(new Alarm.Replaced(point.id()));
                    }
                }
            }
        }
    }

    /** What is missing from {@code first} to {@code last}, less what was pruned. */
    private void gaps(long first, long last) {
        long next = first;
        List<Known.Range> removed = known.removed().stream()
                .sorted(Comparator.comparingLong(Known.Range::first))
                .toList();
        for (Known.Range each : removed) {
            if (each.first() > last) {
                break;
            }
            if (each.first() > next) {
                alarms.add(new Alarm.Gap(next, each.first() - 1));
            }
            next = Math.max(next, each.last() + 1);
        }
        if (next <= last) {
            alarms.add(new Alarm.Gap(next, last));
        }
    }

    private void links() {
        bySequence.forEach((sequence, points) -> {
            List<Sealed> before = bySequence.getOrDefault(sequence - 1, List.of());
            for (Sealed point : points) {
                boolean linked = point.seal().previous().isPresent()
                        ? before.isEmpty() || names(point.seal().previous().get(), before)
                        : sequence.equals(firstOfEpoch.get(point.seal().epoch()));
                if (!linked) {
                    alarms.add(new Alarm.BrokenChain(point.id(), sequence));
                }
            }
        });
    }

    private static boolean names(Sha256 previous, List<Sealed> before) {
        return before.stream().anyMatch(each -> each.signed().sha256().equals(previous));
    }

    private void epochs() {
        int newest = 0;
        for (List<Sealed> points : bySequence.values()) {
            for (Sealed point : points) {
                int epoch = point.seal().epoch();
                if (epoch < newest) {
                    alarms.add(new Alarm.StaleEpoch(point.id(), epoch, newest));
                } else if (epoch > newest && epoch > trust.epoch()) {
                    alarms.add(new Alarm.NewerEpoch(point.id(), epoch, trust.epoch()));
                }
                newest = Math.max(newest, epoch);
            }
        }
    }

    private void times() {
        @Nullable BundleId last = null;
        for (List<Sealed> points : bySequence.values()) {
            BundleId id = points.getFirst().id();
            if (last != null && id.compareTo(last) < 0) {
                alarms.add(new Alarm.ClockWentBack(last, id));
            }
            last = id;
        }
    }
}
