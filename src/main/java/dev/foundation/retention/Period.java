package dev.foundation.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;

/** The four generations. */
enum Period {
    DAILY("daily", "days"),
    WEEKLY("weekly", "weeks"),
    MONTHLY("monthly", "months"),
    YEARLY("yearly", "years");

    private final String adjective;
    private final String plural;

    Period(String adjective, String plural) {
        this.adjective = adjective;
        this.plural = plural;
    }

    /** Names the one day, ISO 8601 week, month or year in which {@code moment} lies, such as {@code 2026-W47}. */
    String label(Instant moment, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(moment, zone);
        return switch (this) {
            case DAILY -> day.toString();
            case WEEKLY -> day.get(IsoFields.WEEK_BASED_YEAR) + "-W" + two(day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTHLY -> day.getYear() + "-" + two(day.getMonthValue());
            case YEARLY -> Integer.toString(day.getYear());
        };
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    String adjective() {
        return adjective;
    }

    String plural() {
        return plural;
    }

    int count(RetentionPolicy policy) {
        return switch (this) {
            case DAILY -> policy.daily();
            case WEEKLY -> policy.weekly();
            case MONTHLY -> policy.monthly();
            case YEARLY -> policy.yearly();
        };
    }
}
