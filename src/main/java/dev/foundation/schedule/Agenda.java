package dev.foundation.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Run now, or wait. Decided from the last run's start and the clock alone: a process that slept, was down, or was started again comes to the same
 * answer. That no two runs overlap is the caller's and {@link RunLocks}'s.
 */
public sealed interface Agenda {
    /** @param since the time at which it fell due; {@code now} if it never ran. @param reason in plain words, for the log */
    record Due(Instant since, String reason) implements Agenda {}

    /**
     * Ask again at {@code until}, and each minute before: sleep does not count the time in which the machine sleeps, and clocks jump.
     *
     * @param lastRun what to give as the last run then; another than was given where that one could not be
     * @param warning what a person should know, such as a last run in the future
     */
    record Wait(Instant until, Instant lastRun, Optional<String> warning) implements Agenda {}

    /**
     * Runs that were missed are caught up by one. A job that never ran is due. A last run in the future means that the clock was or is wrong: close ahead
     * (within an hour, and half a period) it is taken as true, so that a small correction fires nothing twice; else it is unknown, and the
     * next run is the schedule's next time, so that a clock once far ahead does not stop the job.
     *
     * @param lastRun when the last run began, good or failed; null if none is known
     */
    static Agenda decide(Schedule schedule, @Nullable Instant lastRun, Instant now) {
        if (lastRun == null) {
            return new Due(now, "no run is known");
        }
        if (lastRun.isAfter(now)) {
            return lastRunAhead(schedule, lastRun, now);
        }
        Instant due = schedule.next(lastRun);
        if (due.isAfter(now)) {
            return new Wait(due, lastRun, Optional.empty());
        }
        boolean late = Duration.between(due, now).compareTo(Duration.ofMinutes(5)) > 0;
        return new Due(
                due,
                late
                        ? "missed at " + seconds(due) + ", caught up at " + seconds(now)
                                + ": the machine slept, or this was down or busy"
                        : "scheduled for " + seconds(due));
    }

    private static Agenda lastRunAhead(Schedule schedule, Instant last, Instant now) {
        Instant next = schedule.next(now);
        Duration halfPeriod = Duration.between(next, schedule.next(next)).dividedBy(2);
        Duration near = halfPeriod.compareTo(Duration.ofHours(1)) < 0 ? halfPeriod : Duration.ofHours(1);
        String clock = "the clock says " + seconds(now) + ", but the last run began at " + seconds(last);
        if (Duration.between(now, last).compareTo(near) <= 0) {
            Instant until = schedule.next(last);
            return new Wait(until, last, Optional.of(clock + ": the clock went back; next run at " + seconds(until)));
        }
        return new Wait(
                next,
                now,
                Optional.of(clock + ": that is taken as unknown; check the clock; next run at " + seconds(next)));
    }

    private static String seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
