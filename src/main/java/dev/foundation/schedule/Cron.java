package dev.foundation.schedule;

import dev.foundation.spec.CronFields;
import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.scheduling.support.CronExpression;

/**
 * Five cron fields over local times, as crontab(5) reads them. Spring's expression finds the times; the fields are written out as lists before, for it
 * counts weekdays differently ({@code *}{@code /2} is Monday first there, Sunday first here) and takes both day fields together.
 */
final class Cron {
    /** One, or two of which the earlier counts: with a day of the month and a weekday both given, either may match. */
    private final List<CronExpression> alternatives;

    private final boolean everyHour;

    private Cron(List<CronExpression> alternatives, boolean everyHour) {
        this.alternatives = alternatives;
        this.everyHour = everyHour;
    }

    /** @throws IllegalArgumentException if these are no five fields, or never match */
    static Cron of(String text) {
        if (!CronFields.valid(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is no schedule: " + CronFields.ALLOWED);
        }
        String[] fields = text.strip().split("\\s+", -1);
        String time = "0 " + list(values(fields[0], 0, 59)) + " " + list(values(fields[1], 0, 23)) + " ";
        String days = list(values(fields[2], 1, 31));
        String months = list(values(fields[3], 1, 12));
        String weekdays = list(weekdays(fields[4]));
        boolean either = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        Stream<String> expressions = either
                ? Stream.of(time + days + " " + months + " *", time + "* " + months + " " + weekdays)
                : Stream.of(time + days + " " + months + " " + weekdays);
        var cron = new Cron(
                expressions.map(CronExpression::parse).toList(),
                values(fields[1], 0, 23).cardinality() == 24);
        // Any start will do: the calendar repeats within 400 years, and Spring looks far enough for 29 February.
        if (cron.after(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
            throw new IllegalArgumentException("the schedule \"" + text + "\" never comes: look at day and month");
        }
        return cron;
    }

    /** The first matching time after this one. */
    Optional<LocalDateTime> after(LocalDateTime time) {
        return alternatives.stream()
                .map(expression -> expression.next(time))
                .filter(Objects::nonNull)
                .min(LocalDateTime::compareTo);
    }

    /** Whether it is about minutes only, so that an hour that is shown twice is two hours to it. */
    boolean everyHour() {
        return everyHour;
    }

    private static BitSet weekdays(String field) {
        BitSet found = values(field, 0, 7);
        if (found.get(7)) {
            found.set(0);
            found.clear(7);
        }
        return found;
    }

    /** A field that {@link CronFields} has checked. */
    private static BitSet values(String field, int least, int most) {
        var found = new BitSet();
        for (String part : field.split(",", -1)) {
            String[] stepped = part.split("/", 2);
            String[] range = stepped[0].split("-", 2);
            boolean all = range[0].equals("*");
            int low = all ? least : Integer.parseInt(range[0]);
            int high = all ? most : Integer.parseInt(range[range.length - 1]);
            int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
            for (int value = low; value <= high; value += step) {
                found.set(value);
            }
        }
        return found;
    }

    private static String list(BitSet values) {
        return values.stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
