package dev.foundation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.schedule.Agenda.Due;
import dev.foundation.schedule.Agenda.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AgendaTest {
    private static final Schedule NIGHTLY =
            new Schedule("0 3 * * *", ZoneId.of("Europe/Berlin"), Duration.ZERO, "instance");

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    @Test
    void aJobThatNeverRanIsDue() {
        assertThat(Agenda.decide(NIGHTLY, null, at("2026-11-21T12:00:00Z")))
                .isEqualTo(new Due(at("2026-11-21T12:00:00Z"), "no run is known"));
    }

    @Test
    void itWaitsForTheNextTimeAndIsThenDue() {
        Instant last = at("2026-11-21T02:00:01Z");
        assertThat(Agenda.decide(NIGHTLY, last, at("2026-11-21T12:00:00Z")))
                .isEqualTo(new Wait(at("2026-11-22T02:00:00Z"), last, Optional.empty()));
        assertThat(Agenda.decide(NIGHTLY, last, at("2026-11-22T02:00:00Z")))
                .isEqualTo(new Due(at("2026-11-22T02:00:00Z"), "scheduled for 2026-11-22T02:00:00Z"));
    }

    @Test
    void runsMissedInAWeekOfSleepAreCaughtUpByOne() {
        Agenda agenda = Agenda.decide(NIGHTLY, at("2026-11-14T02:00:00Z"), at("2026-11-21T12:00:00Z"));
        assertThat(agenda)
                .isEqualTo(new Due(
                        at("2026-11-15T02:00:00Z"),
                        "missed at 2026-11-15T02:00:00Z, caught up at 2026-11-21T12:00:00Z:"
                                + " the machine slept, or this was down or busy"));
        assertThat(Agenda.decide(NIGHTLY, at("2026-11-21T12:00:00Z"), at("2026-11-21T12:00:05Z")))
                .isInstanceOf(Wait.class);
    }

    @Test
    void aClockSetBackALittleFiresNothingTwice() {
        Instant last = at("2026-11-21T02:00:00Z");
        Agenda agenda = Agenda.decide(NIGHTLY, last, at("2026-11-21T01:59:50Z"));
        assertThat(agenda).isInstanceOfSatisfying(Wait.class, wait -> {
            assertThat(wait.until()).isEqualTo("2026-11-22T02:00:00Z");
            assertThat(wait.warning().orElseThrow()).contains("the clock went back");
        });
        assertThat(runs(NIGHTLY, last, List.of(at("2026-11-21T01:59:50Z")), Duration.ofHours(23)))
                .isEmpty();
    }

    @Test
    void aLastRunFarInTheFutureIsReportedAndBlocksForOnePeriodAtMost() {
        Instant now = at("2026-11-21T12:00:00Z");
        Agenda agenda = Agenda.decide(NIGHTLY, at("2030-01-01T00:00:00Z"), now);
        assertThat(agenda).isInstanceOfSatisfying(Wait.class, wait -> {
            assertThat(wait.until()).isEqualTo("2026-11-22T02:00:00Z");
            assertThat(wait.lastRun()).isEqualTo(now);
            assertThat(wait.warning().orElseThrow()).contains("2030-01-01T00:00:00Z", "check the clock");
        });
        assertThat(runs(NIGHTLY, at("2030-01-01T00:00:00Z"), List.of(now), Duration.ofHours(49)))
                .containsExactly("2026-11-22T02:00:00Z", "2026-11-23T02:00:00Z");
    }

    @Test
    void eachDayHasOneRunAcrossBothChangesOfTheClock() {
        for (String start : List.of("2026-03-25T12:00:00Z", "2026-10-22T12:00:00Z")) {
            for (String cron : List.of("0 3 * * *", "30 2 * * *", "0 2 * * *")) {
                for (String zone : List.of("Europe/Berlin", "America/New_York")) {
                    var schedule = new Schedule(cron, ZoneId.of(zone), Duration.ofMinutes(10), "instance");
                    assertThat(runs(schedule, at(start), List.of(at(start)), Duration.ofDays(20)))
                            .as(cron + " " + zone + " from " + start)
                            .hasSize(20);
                }
            }
        }
    }

    @Test
    void aClockThatJumpsAboutRunsTheJobEachTimeAPeriodHasPassed() {
        // Ahead by a week, and back: one run caught up at the jump, then one within a period of the return.
        Instant start = at("2026-11-21T12:00:00Z");
        List<String> runs = runs(
                NIGHTLY,
                at("2026-11-21T02:00:00Z"),
                List.of(start, at("2026-11-28T12:00:00Z"), at("2026-11-21T13:00:00Z")),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofHours(24));
        assertThat(runs).containsExactly("2026-11-28T12:00:00Z", "2026-11-22T02:00:00Z");
    }

    /** Plays a caller that asks every minute: the clock stands at each of {@code clocks} in turn and goes on for as long as the span beside it. */
    private static List<String> runs(
            Schedule schedule, @Nullable Instant lastRun, List<Instant> clocks, Duration... spans) {
        var runs = new ArrayList<String>();
        Instant last = lastRun;
        for (int i = 0; i < clocks.size(); i++) {
            Instant end = clocks.get(i).plus(spans[i]);
            for (Instant now = clocks.get(i); now.isBefore(end); now = now.plusSeconds(60)) {
                switch (Agenda.decide(schedule, last, now)) {
                    case Due ignored -> {
                        runs.add(now.toString());
                        last = now;
                    }
                    case Wait wait -> last = wait.lastRun();
                }
            }
        }
        return runs;
    }
}
