package dev.foundation.retention;

import dev.foundation.bundle.BundleId;
import dev.foundation.retention.Candidate.Point;
import dev.foundation.retention.Candidate.Unsealed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Made-up histories of points. */
final class Histories {
    private Histories() {}

    static Point point(String id, long sequence) {
        return new Point(BundleId.of(id), sequence, false, Optional.empty(), false, false, false);
    }

    static Point verified(Point p) {
        return new Point(p.id(), p.sequence(), p.held(), p.lockedUntil(), true, p.suspicious(), p.failedRunAfter());
    }

    static Point suspicious(Point p) {
        return new Point(p.id(), p.sequence(), p.held(), p.lockedUntil(), p.verified(), true, p.failedRunAfter());
    }

    static Point held(Point p) {
        return new Point(p.id(), p.sequence(), true, p.lockedUntil(), p.verified(), p.suspicious(), p.failedRunAfter());
    }

    static Point failedAfter(Point p) {
        return new Point(p.id(), p.sequence(), p.held(), p.lockedUntil(), p.verified(), p.suspicious(), true);
    }

    static Point locked(Point p, Instant until) {
        return new Point(
                p.id(), p.sequence(), p.held(), Optional.of(until), p.verified(), p.suspicious(), p.failedRunAfter());
    }

    /** One point each {@code step} from {@code first} up to and including {@code last}; sequences from 1. */
    static List<Point> every(Duration step, Instant first, Instant last) {
        var points = new ArrayList<Point>();
        for (Instant at = first; !at.isAfter(last); at = at.plus(step)) {
            points.add(new Point(new BundleId(at), points.size() + 1, false, Optional.empty(), false, false, false));
        }
        return points;
    }

    /** One point each day at {@code hour} of that zone. */
    static List<Point> nightly(ZoneId zone, int hour, String firstDay, int days) {
        var points = new ArrayList<Point>();
        ZonedDateTime first = LocalDate.parse(firstDay).atTime(hour, 0).atZone(zone);
        for (int i = 0; i < days; i++) {
            points.add(new Point(
                    new BundleId(first.plusDays(i).toInstant()), i + 1, false, Optional.empty(), false, false, false));
        }
        return points;
    }

    /** Anything that may be met: pauses, bursts, suspicious runs, wrong clocks, twins of a sequence, unsealed folders. */
    static List<Candidate> random(Random random, Instant end) {
        var candidates = new ArrayList<Candidate>();
        var taken = new HashSet<BundleId>();
        Instant at = end.minus(Duration.ofHours(1 + random.nextInt(36)));
        int count = random.nextInt(150);
        long sequence = 1000;
        for (int i = 0; i < count; i++) {
            Instant moment = random.nextInt(40) == 0 ? at.plus(Duration.ofHours(random.nextInt(20_000) - 10_000L)) : at;
            var id = new BundleId(moment);
            if (taken.add(id)) {
                candidates.add(
                        random.nextInt(12) == 0
                                ? new Unsealed(id, moment.plusSeconds(random.nextInt(200_000)), random.nextInt(20) == 0)
                                : new Point(
                                        id,
                                        sequence,
                                        random.nextInt(25) == 0,
                                        random.nextInt(10) == 0
                                                ? Optional.of(moment.plus(Duration.ofDays(30)))
                                                : Optional.empty(),
                                        random.nextInt(7) == 0,
                                        random.nextInt(i == 0 ? 30 : 8) == 0,
                                        random.nextInt(i == 0 ? 30 : 8) == 0));
            }
            sequence -= random.nextInt(50) == 0 ? 0 : 1 + random.nextInt(2);
            at = at.minusSeconds(random.nextInt(3) == 0 ? random.nextInt(2_000_000) : random.nextInt(100_000) + 1);
        }
        return candidates;
    }
}
