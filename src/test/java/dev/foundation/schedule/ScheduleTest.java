package dev.foundation.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static Schedule schedule(String cron, ZoneId zone) {
        return new Schedule(cron, zone, Duration.ZERO, "");
    }

    /** Every time after {@code from} up to and including {@code to}. */
    private static List<String> times(Schedule schedule, String from, String to) {
        var times = new ArrayList<String>();
        Instant end = Instant.parse(to);
        for (Instant at = schedule.next(Instant.parse(from)); !at.isAfter(end); at = schedule.next(at)) {
            times.add(at.toString());
        }
        return times;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 3 * * *       | 2026-11-21T03:00:00Z | 2026-11-22T03:00:00Z
                    0 3 * * *       | 2026-11-21T02:59:59Z | 2026-11-21T03:00:00Z
                    */15 * * * *    | 2026-11-21T03:01:00Z | 2026-11-21T03:15:00Z
                    5-10/5,40 1 * * * | 2026-11-21T01:05:00Z | 2026-11-21T01:10:00Z
                    5-10/5,40 1 * * * | 2026-11-21T01:10:00Z | 2026-11-21T01:40:00Z
                    0 0 29 2 *      | 2026-11-21T00:00:00Z | 2028-02-29T00:00:00Z
                    0 0 29 2 *      | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z
                    0 0 31 * *      | 2026-11-21T00:00:00Z | 2026-12-31T00:00:00Z
                    0 0 31 * *      | 2026-12-31T00:00:00Z | 2027-01-31T00:00:00Z
                    0 0 31 * *      | 2027-01-31T00:00:00Z | 2027-03-31T00:00:00Z
                    0 12 * * 0      | 2026-11-21T00:00:00Z | 2026-11-22T12:00:00Z
                    0 12 * * 7      | 2026-11-21T00:00:00Z | 2026-11-22T12:00:00Z
                    0 12 * * 1-5    | 2026-11-21T00:00:00Z | 2026-11-23T12:00:00Z
                    0 12 * * 5-7    | 2026-11-22T12:00:00Z | 2026-11-27T12:00:00Z
                    59 23 31 12 *   | 2026-12-31T23:59:00Z | 2027-12-31T23:59:00Z
                    """)
    void theNextTimeIsAsCrontabSays(String cron, Instant after, Instant next) {
        assertThat(schedule(cron, UTC).next(after)).isEqualTo(next);
    }

    @Test
    void withBothDayFieldsEitherMatches() {
        // Friday 13 November 2026; Fridays and every 13th.
        assertThat(times(schedule("0 0 13 * 5", UTC), "2026-11-01T00:00:00Z", "2026-12-14T00:00:00Z"))
                .containsExactly(
                        "2026-11-06T00:00:00Z",
                        "2026-11-13T00:00:00Z",
                        "2026-11-20T00:00:00Z",
                        "2026-11-27T00:00:00Z",
                        "2026-12-04T00:00:00Z",
                        "2026-12-11T00:00:00Z",
                        "2026-12-13T00:00:00Z");
    }

    @Test
    void aDayFieldThatBeginsWithAStarRestrictsNothingByItself() {
        // Weekdays by twos are Sunday, Tuesday, Thursday, Saturday; days by twos and Monday must both match.
        assertThat(times(schedule("0 0 * * */2", UTC), "2026-11-21T00:00:00Z", "2026-11-28T00:00:00Z"))
                .containsExactly(
                        "2026-11-22T00:00:00Z", "2026-11-24T00:00:00Z", "2026-11-26T00:00:00Z", "2026-11-28T00:00:00Z");
        assertThat(times(schedule("0 0 */2 * 1", UTC), "2026-11-01T00:00:00Z", "2026-11-30T00:00:00Z"))
                .containsExactly("2026-11-09T00:00:00Z", "2026-11-23T00:00:00Z");
    }

    @Test
    void aTimeThatDoesNotExistFiresOnceRightAfterTheGap() {
        assertThat(times(schedule("30 2 * * *", BERLIN), "2026-03-28T00:00:00Z", "2026-03-30T23:00:00Z"))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(times(schedule("0,20,40 2 * * *", BERLIN), "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z"))
                .containsExactly("2026-03-29T01:00:00Z");
        assertThat(times(schedule("30 2 * * *", NEW_YORK), "2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z"))
                .containsExactly("2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z");
        // Once also where the end of the gap is a time of the schedule itself.
        assertThat(times(schedule("0 2,3 * * *", BERLIN), "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z"))
                .containsExactly("2026-03-29T01:00:00Z");
    }

    @Test
    void aTimeThatExistsTwiceFiresOnce() {
        assertThat(times(schedule("30 2 * * *", BERLIN), "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(times(schedule("30 1 * * *", NEW_YORK), "2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z"))
                .containsExactly("2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
        // Asked during the second pass, too.
        assertThat(schedule("30 2 * * *", BERLIN).next(Instant.parse("2026-10-25T01:10:00Z")))
                .isEqualTo("2026-10-26T01:30:00Z");
        assertThat(schedule("30 2 * * *", BERLIN).next(Instant.parse("2026-10-25T01:40:00Z")))
                .isEqualTo("2026-10-26T01:30:00Z");
    }

    @Test
    void everyHourGoesOnEvenlyThroughBothChanges() {
        assertThat(times(schedule("30 * * * *", BERLIN), "2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"))
                .containsExactly(
                        "2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
        assertThat(times(schedule("0 * * * *", BERLIN), "2026-03-28T23:30:00Z", "2026-03-29T03:00:00Z"))
                .containsExactly(
                        "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z", "2026-03-29T03:00:00Z");
        assertThat(times(schedule("*/5 * * * *", NEW_YORK), "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"))
                .hasSize(24 * 12);
        assertThat(times(schedule("*/5 * * * *", NEW_YORK), "2026-03-08T00:00:00Z", "2026-03-09T00:00:00Z"))
                .hasSize(24 * 12);
    }

    @Test
    void timesAreThoseOfTheLocalClockAllYear() {
        // Each day's 04:15 exists once in Berlin: the schedule finds each, with the local clock saying so.
        List<String> times = times(schedule("15 4 * * *", BERLIN), "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z");
        assertThat(times).hasSize(365);
        assertThat(times).allMatch(each -> {
            LocalDateTime local = LocalDateTime.ofInstant(Instant.parse(each), BERLIN);
            return local.getHour() == 4 && local.getMinute() == 15;
        });
    }

    @Test
    void theNextTimeIsAlwaysLaterAndNoneIsLeftOut() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ScheduleTest: -Dseed=" + seed);
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var schedule = new Schedule(
                    List.of("*/20 * * * *", "30 2 * * *", "0 1-3 * * *", "0 0 1 * 0", "15 */2 * * *")
                            .get(random.nextInt(5)),
                    List.of(BERLIN, NEW_YORK, UTC, ZoneId.of("Australia/Lord_Howe"))
                            .get(random.nextInt(4)),
                    Duration.ofMinutes(List.of(0, 1, 50).get(random.nextInt(3))),
                    "instance");
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(365 * 86_400));
            Instant next = schedule.next(at);
            assertThat(next).isAfter(at);
            // From any moment between, the next one is the same.
            long gap = Duration.between(at, next).toMillis();
            Instant between = at.plusMillis((long) (random.nextDouble() * gap));
            if (between.isBefore(next)) {
                assertThat(schedule.next(between))
                        .as("seed " + seed + ", " + schedule + " after " + at)
                        .isEqualTo(next);
            }
        }
    }

    @Test
    void theJitterIsTheSameAfterARestartAndAnotherElsewhere() {
        Instant from = Instant.parse("2026-11-21T12:00:00Z");
        var one = new Schedule("0 3 * * *", UTC, Duration.ofMinutes(30), "instance-a");
        var again = new Schedule("0 3 * * *", UTC, Duration.ofMinutes(30), "instance-a");
        var other = new Schedule("0 3 * * *", UTC, Duration.ofMinutes(30), "instance-b");
        var moves = new HashSet<Duration>();
        Instant at = from;
        for (int day = 0; day < 50; day++) {
            Instant next = one.next(at);
            assertThat(again.next(at)).isEqualTo(next);
            Duration move = Duration.between(from.plus(Duration.ofHours(15 + 24L * day)), next);
            assertThat(move).isBetween(Duration.ZERO, Duration.ofMinutes(30));
            moves.add(move);
            at = next;
        }
        assertThat(moves).hasSizeGreaterThan(40);
        assertThat(one.next(from)).isNotEqualTo(other.next(from));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 3 * *",
                "0 0 3 * * *",
                "@daily",
                "0 3 * * MON",
                "0 3 L * *",
                "0 3 ? * *",
                "60 3 * * *",
                "0 0 30 2 *",
                "0 0 30-31 2 *",
                "0 0 31 4,6 *"
            })
    void whatCronDoesNotAllowOrWhatNeverComesIsRefused(String cron) {
        assertThatThrownBy(() -> schedule(cron, UTC)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aJitterThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new Schedule("0 3 * * *", UTC, Duration.ofSeconds(-1), ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schedule("0 3 * * *", UTC, Duration.ofDays(2), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
