package dev.foundation.bundle;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A recovery point's name: its moment in UTC, {@code YYYYMMDDTHHMMSSZ} (R2.1). Given by the caller, never taken from a clock here. */
public record BundleId(Instant moment) implements Comparable<BundleId> {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Cuts the moment to whole seconds. */
    public BundleId {
        moment = moment.truncatedTo(ChronoUnit.SECONDS);
    }

    /** @throws IllegalArgumentException if this is no such name */
    public static BundleId of(String text) {
        try {
            BundleId id = new BundleId(FORM.parse(text, Instant::from));
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (DateTimeException e) {
            // Told below, in our words.
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no recovery point: points are named YYYYMMDDTHHMMSSZ, such as 20261121T030000Z");
    }

    @Override
    public int compareTo(BundleId other) {
        return moment.compareTo(other.moment);
    }

    @Override
    public String toString() {
        return FORM.format(moment);
    }
}
