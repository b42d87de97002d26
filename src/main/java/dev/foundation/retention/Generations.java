package dev.foundation.retention;

import dev.foundation.bundle.BundleId;
import dev.foundation.retention.Candidate.Point;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Grandfather, father and son over points that are in order. Counts as restic's {@code forget} does: only periods that have points, the newest point of
 * each, and the oldest point of all while there are fewer periods than the policy counts. A suspicious point stands for a period that has no
 * good one, but uses up none of the count.
 *
 * @param points oldest first, sequence and time alike
 */
record Generations(List<Point> points, RetentionPolicy policy) {
    /** Tells each point that stays, with one reason at a time. */
    void keep(BiConsumer<BundleId, String> reason) {
        for (Period period : Period.values()) {
            keep(period, reason);
        }
    }

    private void keep(Period period, BiConsumer<BundleId, String> reason) {
        int count = period.count(policy);
        if (count == 0) {
            return;
        }
        Map<String, Point> newestGood = newestGood(period);
        Set<String> seen = new HashSet<>();
        int left = count;
        for (int i = points.size() - 1; i >= 0 && left > 0; i--) {
            Point point = points.get(i);
            String label = period.label(point.id().moment(), policy.zone());
            if (!seen.add(label)) {
                continue;
            }
            Point good = newestGood.get(label);
            if (good == null) {
                reason.accept(point.id(), period.adjective() + " " + label + " (suspicious; there is no good one)");
            } else {
                reason.accept(good.id(), period.adjective() + " " + label);
                left--;
            }
        }
        if (left > 0) {
            points.stream()
                    .filter(point -> !point.suspicious())
                    .findFirst()
                    .ifPresent(oldest -> reason.accept(
                            oldest.id(), "oldest, while fewer than " + count + " " + period.plural() + " have points"));
        }
    }

    private Map<String, Point> newestGood(Period period) {
        Map<String, Point> newest = new HashMap<>();
        for (Point point : points) {
            if (!point.suspicious()) {
                newest.put(period.label(point.id().moment(), policy.zone()), point);
            }
        }
        return newest;
    }
}
