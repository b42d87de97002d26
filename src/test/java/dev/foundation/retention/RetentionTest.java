package dev.foundation.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.bundle.BundleId;
import dev.foundation.retention.Candidate.Point;
import dev.foundation.retention.Candidate.Unsealed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class RetentionTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final RetentionPolicy ONE_DAY = new RetentionPolicy(1, 0, 0, 0, Duration.ZERO, UTC);

    private static List<Point> tenDays() {
        return new ArrayList<>(Histories.nightly(UTC, 3, "2026-11-12", 10));
    }

    private static List<String> reasons(RetentionPlan plan, Candidate of) {
        return plan.decisions().stream()
                .filter(each -> each.id().equals(of.id()))
                .findFirst()
                .orElseThrow()
                .reasons();
    }

    @Test
    void everyDecisionHasItsReason() {
        RetentionPlan plan = Retention.plan(ONE_DAY, tenDays(), NOW);
        assertThat(plan.keep()).containsExactly(BundleId.of("20261121T030000Z"));
        assertThat(plan.decisions().getFirst().reasons()).contains("newest point", "daily 2026-11-21");
        assertThat(plan.decisions().getLast().reasons())
                .containsExactly("beyond 1 daily, 0 weekly, 0 monthly, 0 yearly");
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void theNewestVerifiedPointStaysHoweverOldItIs() {
        List<Point> points = tenDays();
        points.set(0, Histories.verified(points.getFirst()));
        points.set(1, Histories.verified(points.get(1)));
        RetentionPlan plan = Retention.plan(ONE_DAY, points, NOW);
        assertThat(plan.keep())
                .contains(points.get(1).id())
                .doesNotContain(points.getFirst().id());
        assertThat(reasons(plan, points.get(1))).containsExactly("newest verified point");
    }

    @Test
    void whatIsHeldOrLockedStaysAndALockThatIsOverDoesNotCount() {
        List<Point> points = tenDays();
        points.set(0, Histories.held(points.get(0)));
        points.set(1, Histories.locked(points.get(1), NOW.plusSeconds(60)));
        points.set(2, Histories.locked(points.get(2), NOW.minusSeconds(60)));
        RetentionPlan plan = Retention.plan(ONE_DAY, points, NOW);
        assertThat(reasons(plan, points.get(0))).containsExactly("held");
        assertThat(reasons(plan, points.get(1))).containsExactly("locked until 2026-11-21T12:01:00Z");
        assertThat(plan.remove()).contains(points.get(2).id());
    }

    @Test
    void nothingGoesAfterAFailedRunUntilAGoodOneFollows() {
        List<Point> points = tenDays();
        points.set(9, Histories.failedAfter(points.get(9)));
        RetentionPlan plan = Retention.plan(ONE_DAY, points, NOW);
        assertThat(plan.remove()).isEmpty();
        assertThat(plan.warnings())
                .containsExactly("the run after 20261121T030000Z failed: no point is removed until a good one follows");
        points.add(Histories.point("20261121T060000Z", 11));
        assertThat(Retention.plan(ONE_DAY, points, NOW).remove()).hasSize(10);
    }

    @Test
    void nothingGoesWhileTheNewestPointIsSuspiciousAndNoneTakesAGoodOnesPlaceLater() {
        List<Point> points = tenDays();
        points.set(9, Histories.suspicious(points.get(9)));
        assertThat(Retention.plan(ONE_DAY, points, NOW).remove()).isEmpty();
        // Two points of one day, the later one suspicious: the earlier one stands for the day.
        points = tenDays();
        points.add(Histories.suspicious(Histories.point("20261121T040000Z", 11)));
        points.add(Histories.point("20261122T040000Z", 12));
        var twoDays = new RetentionPolicy(2, 0, 0, 0, Duration.ZERO, UTC);
        RetentionPlan plan = Retention.plan(twoDays, points, Instant.parse("2026-11-22T05:00:00Z"));
        assertThat(plan.keep()).containsExactly(BundleId.of("20261122T040000Z"), BundleId.of("20261121T030000Z"));
    }

    @Test
    void aFolderWithoutSealStaysForADayAndWhileItIsWrittenTo() {
        var points = new ArrayList<Candidate>(tenDays());
        var old = new Unsealed(BundleId.of("20261115T101500Z"), Instant.parse("2026-11-15T10:20:00Z"), false);
        var written = new Unsealed(BundleId.of("20261115T111500Z"), NOW.minusSeconds(60), false);
        var young = new Unsealed(BundleId.of("20261120T235900Z"), Instant.parse("2026-11-20T01:00:00Z"), false);
        var held = new Unsealed(BundleId.of("20261115T121500Z"), Instant.parse("2026-11-15T12:20:00Z"), true);
        points.addAll(List.of(old, written, young, held));
        RetentionPlan plan = Retention.plan(ONE_DAY, points, NOW);
        assertThat(plan.remove()).contains(old.id());
        assertThat(plan.keep()).contains(written.id(), young.id(), held.id());
        assertThat(reasons(plan, old))
                .containsExactly("never sealed, last written to 2026-11-15T10:20:00Z: left by a broken run");
    }

    @Test
    void aFolderWithoutSealStaysWhileNoGoodPointIsNewer() {
        var points = new ArrayList<Candidate>(tenDays());
        var salvage = new Unsealed(BundleId.of("20261121T040000Z"), Instant.parse("2026-11-21T04:10:00Z"), false);
        points.add(salvage);
        RetentionPlan plan = Retention.plan(ONE_DAY, points, Instant.parse("2026-11-23T12:00:00Z"));
        assertThat(reasons(plan, salvage)).containsExactly("unsealed, and no good point is newer");
    }

    @Test
    void withoutASealedPointNothingGoes() {
        var old = new Unsealed(BundleId.of("20261101T101500Z"), Instant.parse("2026-11-01T10:20:00Z"), false);
        RetentionPlan plan = Retention.plan(ONE_DAY, List.of(old), NOW);
        assertThat(plan.remove()).isEmpty();
        assertThat(plan.warnings()).containsExactly("there is no sealed point: nothing is removed");
        assertThat(Retention.plan(ONE_DAY, List.<Point>of(), NOW).decisions()).isEmpty();
    }

    @Test
    void aClockBeforeTheNewestPointRemovesNothing() {
        RetentionPlan plan = Retention.plan(ONE_DAY, tenDays(), Instant.parse("2026-11-21T02:59:59Z"));
        assertThat(plan.remove()).isEmpty();
        assertThat(plan.warnings().getFirst())
                .isEqualTo("the clock says 2026-11-21T02:59:59Z, the newest point is 20261121T030000Z:"
                        + " nothing is removed while the clock is behind");
    }

    @Test
    void aClockThatJumpedAheadRemovesNothing() {
        assertThat(Retention.plan(ONE_DAY, tenDays(), Instant.parse("2026-11-24T02:00:00Z"))
                        .remove())
                .isNotEmpty();
        RetentionPlan plan = Retention.plan(ONE_DAY, tenDays(), Instant.parse("2026-11-24T03:00:01Z"));
        assertThat(plan.remove()).isEmpty();
        assertThat(plan.warnings().getFirst()).contains("more than 3 d before: nothing is removed");
        // Points that come monthly allow a month, and never more than 40 days.
        List<Point> monthly = Histories.every(
                Duration.ofDays(30), Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"));
        Instant newest = monthly.getLast().id().moment();
        assertThat(Retention.plan(ONE_DAY, monthly, newest.plus(Duration.ofDays(39)))
                        .remove())
                .isNotEmpty();
        assertThat(Retention.plan(ONE_DAY, monthly, newest.plus(Duration.ofDays(41)))
                        .remove())
                .isEmpty();
    }

    @Test
    void aPointFromTheFutureEvictsNoneAndIsReported() {
        List<Point> points = new ArrayList<>(Histories.nightly(UTC, 3, "2026-11-12", 9));
        Point future = Histories.point("20300101T000000Z", 10);
        points.add(future);
        points.add(Histories.point("20261121T030000Z", 11));
        var threeDays = new RetentionPolicy(3, 0, 0, 0, Duration.ZERO, UTC);
        RetentionPlan plan = Retention.plan(threeDays, points, NOW);
        assertThat(plan.keep().stream().map(BundleId::toString))
                .containsExactly("20300101T000000Z", "20261121T030000Z", "20261120T030000Z", "20261119T030000Z");
        assertThat(plan.warnings())
                .containsExactly("20300101T000000Z is out of order: its name is of the future, for the clock says"
                        + " 2026-11-21T12:00:00Z");
    }

    @Test
    void aBackdatedPointEvictsNoneAndIsReported() {
        List<Point> points = new ArrayList<>(Histories.nightly(UTC, 3, "2026-11-12", 10));
        points.add(Histories.point("20261114T050000Z", 11));
        points.add(Histories.point("20261121T090000Z", 12));
        RetentionPlan plan = Retention.plan(ONE_DAY, points, NOW);
        // The backdated one and those that it contradicts stay; what lies before its name is judged as ever.
        assertThat(plan.keep()).contains(BundleId.of("20261114T050000Z"), BundleId.of("20261115T030000Z"));
        assertThat(plan.remove().stream().map(BundleId::toString))
                .containsExactly("20261114T030000Z", "20261113T030000Z", "20261112T030000Z");
        assertThat(plan.warnings())
                .contains("20261114T050000Z is out of order: its sequence 11 is above that of"
                        + " 20261121T030000Z (10), its name older");
    }

    @Test
    void manyContradictionsAreReportedBriefly() {
        List<Point> points = new ArrayList<>(Histories.nightly(UTC, 3, "2026-10-01", 52));
        points.add(Histories.point("19700101T000000Z", 53));
        points.add(Histories.point("20261121T090000Z", 54));
        RetentionPlan plan = Retention.plan(ONE_DAY, points, NOW);
        assertThat(plan.remove()).isEmpty();
        assertThat(plan.warnings()).hasSize(11).last().isEqualTo("43 more points are out of order, and stay");
        assertThat(plan.warnings().getFirst()).contains("19700101T000000Z");
    }

    @Test
    void twoPointsOfOneSequenceBothStay() {
        List<Point> points = tenDays();
        points.add(Histories.point("20261113T040000Z", 2));
        RetentionPlan plan = Retention.plan(ONE_DAY, points, NOW);
        assertThat(plan.keep()).contains(BundleId.of("20261113T040000Z"), BundleId.of("20261113T030000Z"));
        assertThat(plan.warnings()).hasSize(2).allMatch(each -> each.contains("has the same sequence 2"));
    }

    @Test
    void daysAreThoseOfTheZoneAlsoWhereOneHas23Or25Hours() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        var policy = new RetentionPolicy(3, 0, 0, 0, Duration.ZERO, berlin);
        // On 25 October 2026 the clock in Berlin shows 02:00 to 03:00 twice; 24 October ends at 22:00Z.
        List<Point> points = List.of(
                Histories.point("20261024T215900Z", 1),
                Histories.point("20261024T220000Z", 2),
                Histories.point("20261025T003000Z", 3),
                Histories.point("20261025T013000Z", 4),
                Histories.point("20261025T225900Z", 5),
                Histories.point("20261025T230000Z", 6));
        assertThat(Retention.plan(policy, points, Instant.parse("2026-10-26T00:00:00Z")).keep().stream()
                        .map(BundleId::toString))
                .containsExactly("20261025T230000Z", "20261025T225900Z", "20261024T215900Z");
    }

    @Test
    void weeksAreIsoWeeksAcrossTheYear() {
        assertThat(Period.WEEKLY.label(Instant.parse("2027-01-03T12:00:00Z"), UTC))
                .isEqualTo("2026-W53");
        assertThat(Period.WEEKLY.label(Instant.parse("2027-01-04T00:00:00Z"), UTC))
                .isEqualTo("2027-W01");
    }

    @Test
    void aPointGivenTwiceIsRefused() {
        List<Point> twice = List.of(Histories.point("20261121T030000Z", 1), Histories.point("20261121T030000Z", 2));
        assertThatThrownBy(() -> Retention.plan(ONE_DAY, twice, NOW)).hasMessageContaining("given twice");
        assertThatThrownBy(() -> new RetentionPolicy(0, 0, 0, 0, Duration.ZERO, UTC))
                .hasMessageContaining("keep nothing");
    }

    @Test
    void laws() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RetentionTest.laws: -Dseed=" + seed);
        var random = new Random(seed);
        int removedInAll = 0;
        for (int round = 0; round < 500; round++) {
            String where = "seed " + seed + ", round " + round;
            List<Candidate> candidates = Histories.random(random, NOW);
            RetentionPolicy policy = policy(random);
            RetentionPlan plan = Retention.plan(policy, candidates, NOW);
            removedInAll += plan.remove().size();
            Set<BundleId> keep = new HashSet<>(plan.keep());

            List<Candidate> shuffled = new ArrayList<>(candidates);
            Collections.shuffle(shuffled, random);
            assertThat(Retention.plan(policy, shuffled, NOW))
                    .as("order is irrelevant, " + where)
                    .isEqualTo(plan);

            List<Candidate> left =
                    candidates.stream().filter(each -> keep.contains(each.id())).toList();
            assertThat(Retention.plan(policy, left, NOW).remove())
                    .as("idempotent, " + where)
                    .isEmpty();

            var more = new RetentionPolicy(
                    policy.daily() + random.nextInt(3),
                    policy.weekly() + random.nextInt(3),
                    policy.monthly() + random.nextInt(3),
                    policy.yearly() + random.nextInt(3),
                    policy.continuous().plusHours(random.nextInt(50)),
                    policy.zone());
            assertThat(Retention.plan(more, candidates, NOW).keep())
                    .as("monotone, " + where)
                    .containsAll(keep);

            List<Point> points = candidates.stream()
                    .filter(Point.class::isInstance)
                    .map(Point.class::cast)
                    .toList();
            newest(points)
                    .ifPresent(id -> assertThat(keep).as("newest, " + where).contains(id));
            newest(points.stream().filter(Point::verified).toList())
                    .ifPresent(id ->
                            assertThat(keep).as("newest verified, " + where).contains(id));
            assertThat(keep)
                    .as("held, " + where)
                    .containsAll(candidates.stream()
                            .filter(Candidate::held)
                            .map(Candidate::id)
                            .collect(Collectors.toSet()));
        }
        assertThat(removedInAll).as("the histories leave something to remove").isGreaterThan(500);
    }

    private static Optional<BundleId> newest(List<Point> points) {
        return points.stream()
                .max(Comparator.comparingLong(Point::sequence).thenComparing(Point::id))
                .map(Point::id);
    }

    private static RetentionPolicy policy(Random random) {
        return new RetentionPolicy(
                1 + random.nextInt(9),
                random.nextInt(5),
                random.nextInt(7),
                random.nextInt(3),
                Duration.ofHours(random.nextInt(40)),
                ZoneId.of(List.of("UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "America/Havana")
                        .get(random.nextInt(5))));
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void tenThousandPointsTakeLessThanASecond() {
        List<Point> points = Histories.every(Duration.ofHours(1), NOW.minus(Duration.ofHours(9_999)), NOW);
        var policy = new RetentionPolicy(30, 13, 12, 7, Duration.ofHours(24), ZoneId.of("Europe/Berlin"));
        long begun = System.nanoTime();
        RetentionPlan plan = Retention.plan(policy, points, NOW);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println("RetentionTest: 10,000 points took " + took.toMillis() + " ms");
        assertThat(plan.decisions()).hasSize(10_000);
        assertThat(took).isLessThan(Duration.ofSeconds(1));
    }
}
