package dev.foundation.retention;

import dev.foundation.bundle.BundleId;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Until when a policy is sure to keep points: what a lock may promise (P3). A point that is the last one of its week, month or year is kept for as
 * many of them, but it is the last one only once a later one has a point; until then its day counts. The newest point is kept for as long again from now.
 */
public final class Expiry {
    private Expiry() {}

    /** @param points that are kept, oldest first. @return for each a moment, which may have passed */
    public static Map<BundleId, Instant> of(RetentionPolicy policy, List<BundleId> points, Instant now) {
        Map<BundleId, Instant> all = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (int i = points.size() - 1; i >= 0; i--) {
            BundleId id = points.get(i);
            boolean newest = i == points.size() - 1;
            Instant until = id.moment().plus(policy.continuous());
            for (Period period : Period.values()) {
                boolean last = seen.add(period + " " + period.label(id.moment(), policy.zone()));
                boolean settled = period == Period.DAILY || !newest && !sameAsNewest(period, id, points, policy);
                if (last && settled) {
                    until = later(until, after(period, id.moment(), policy));
                }
            }
            if (newest) {
                until = later(until, later(now.plus(policy.continuous()), after(Period.DAILY, now, policy)));
            }
            all.put(id, until);
        }
        return all;
    }

    private static boolean sameAsNewest(Period period, BundleId id, List<BundleId> points, RetentionPolicy policy) {
        return period.label(id.moment(), policy.zone())
                .equals(period.label(points.getLast().moment(), policy.zone()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** As many periods after a moment as the policy counts. */
    static Instant after(Period period, Instant moment, RetentionPolicy policy) {
        ZonedDateTime local = moment.atZone(policy.zone());
        long count = period.count(policy);
        return switch (period) {
            case DAILY -> local.plusDays(count).toInstant();
            case WEEKLY -> local.plusWeeks(count).toInstant();
            case MONTHLY -> local.plusMonths(count).toInstant();
            case YEARLY -> local.plusYears(count).toInstant();
        };
    }
}
