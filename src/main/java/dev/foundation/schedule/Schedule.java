package dev.foundation.schedule;

import dev.foundation.stream.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * When a job is to run. Where the clock is put forward, a time that does not exist fires once, right after the gap; where it is put back, a time that
 * exists twice fires once, the first time. A schedule for every hour ({@code *}) is about minutes: it goes on evenly through both.
 *
 * @param cron five fields, as {@link dev.foundation.spec.CronFields} allows; with both day fields given, either may match (crontab(5))
 * @param jitter each time is moved later by less than this
 * @param seed what sets this instance and job apart, such as the instance id: it and the time decide the move, so a restart changes nothing
 */
public record Schedule(String cron, ZoneId zone, Duration jitter, String seed) {
    private static final Duration MOST_JITTER = Duration.ofHours(24);

    /** @throws IllegalArgumentException if the expression is wrong or never comes, or the jitter is below zero or above 24 h */
    public Schedule {
        Cron.of(cron);
        if (jitter.isNegative() || jitter.compareTo(MOST_JITTER) > 0) {
            throw new IllegalArgumentException("a schedule's jitter is between 0 and 24 h, not " + jitter);
        }
    }

    /** The first time after {@code after}. */
    public Instant next(Instant after) {
        Cron expression = Cron.of(cron);
        Instant nominal = nominal(expression, after.minus(jitter));
        Instant earliest = moved(nominal);
        // A move may overtake the next one's where times lie closer than the jitter: look at all that could be earlier.
        while (!earliest.isAfter(after) || nominal.isBefore(earliest)) {
            nominal = nominal(expression, nominal);
            Instant candidate = moved(nominal);
            if (!earliest.isAfter(after) || (candidate.isAfter(after) && candidate.isBefore(earliest))) {
                earliest = candidate;
            }
        }
        return earliest;
    }

    private Instant moved(Instant nominal) {
        if (jitter.isZero()) {
            return nominal;
        }
        String hex = Sha256.of((seed + "|" + nominal.getEpochSecond()).getBytes(StandardCharsets.UTF_8))
                .hex();
        return nominal.plusMillis(Long.parseLong(hex.substring(0, 15), 16) % Math.max(1, jitter.toMillis()));
    }

    private Instant nominal(Cron expression, Instant after) {
        return expression.everyHour() ? evenly(expression, after) : onceEach(expression, after);
    }

    /** By the offset in force, from one change of offset to the next. */
    private Instant evenly(Cron expression, Instant after) {
        ZoneRules rules = zone.getRules();
        Instant from = after;
        LocalDateTime start = LocalDateTime.ofInstant(from, zone);
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Instant found = match(expression, start).toInstant(offset);
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null || found.isBefore(change.getInstant())) {
                return found;
            }
            from = change.getInstant();
            start = change.getDateTimeAfter().minusNanos(1); // so that the very time of the change can match
        }
    }

    private Instant onceEach(Cron expression, Instant after) {
        LocalDateTime time = LocalDateTime.ofInstant(after, zone);
        while (true) {
            time = match(expression, time);
            Instant found = firstAt(time);
            if (found.isAfter(after)) {
                return found;
            }
        }
    }

    private Instant firstAt(LocalDateTime time) {
        ZoneRules rules = zone.getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        return offsets.isEmpty() ? rules.getTransition(time).getInstant() : time.toInstant(offsets.getFirst());
    }

    private LocalDateTime match(Cron expression, LocalDateTime after) {
        return expression
                .after(after)
                .orElseThrow(
                        () -> new IllegalStateException("the schedule \"" + cron + "\" has no time after " + after));
    }
}
