package dev.foundation.cli;

import java.time.Duration;
import java.util.Locale;

/** Sizes and times in few characters. */
final class Quantity {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Quantity() {}

    /** In powers of 1000, three digits: {@code 999 B}, {@code 1.2 kB}, {@code 34 MB}. */
    static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String number = unit > 0 && value < 9.95
                ? String.format(Locale.ROOT, "%.1f", value)
                : String.valueOf(Math.round(value));
        return number + " " + UNITS[unit];
    }

    /** Such as {@code 3 h}; what lies in the future is 0 s old. */
    static String age(Duration duration) {
        if (duration.toDays() > 1) {
            return duration.toDays() + " d";
        }
        if (duration.toHours() > 1) {
            return duration.toHours() + " h";
        }
        return duration.toMinutes() > 1 ? duration.toMinutes() + " min" : Math.max(0, duration.toSeconds()) + " s";
    }

    /** {@code 1:05}, {@code 2:00:07}. */
    static String clock(Duration duration) {
        return duration.toHours() > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        duration.toHours(),
                        duration.toMinutesPart(),
                        duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }

    static String counted(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
