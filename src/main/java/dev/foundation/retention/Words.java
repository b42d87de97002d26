package dev.foundation.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How this room says moments, durations and sizes to a person. */
final class Words {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Words() {}

    static String moment(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** In the largest unit that fits: {@code 3 d}, {@code 24 h}, {@code 90 min}. */
    static String duration(Duration duration) {
        if (duration.toDays() >= 2 && duration.toHours() % 24 == 0) {
            return duration.toDays() + " d";
        }
        return duration.toMinutes() % 60 == 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }

    static String bytes(long size) {
        double rest = size;
        int unit = 0;
        while (rest >= 1024 && unit < UNITS.length - 1) {
            rest /= 1024;
            unit++;
        }
        return unit == 0 || rest >= 100
                ? String.format(Locale.ROOT, "%.0f %s", rest, UNITS[unit])
                : String.format(Locale.ROOT, "%.1f %s", rest, UNITS[unit]);
    }
}
