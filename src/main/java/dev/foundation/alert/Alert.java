package dev.foundation.alert;

import dev.foundation.bundle.BundleId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One thing that a person is to know.
 *
 * @param title one line
 * @param body what happened, to what, and what to do next; no secret
 * @param job as {@link dev.foundation.schedule.Job} says it, or another word where no job is concerned
 * @param instance the foundation's name
 * @param at when it happened, for it may arrive late
 */
public record Alert(
        Level level, String title, String body, String job, String instance, Optional<BundleId> point, Instant at) {
    /** How soon it matters. */
    public enum Level {
        INFO,
        WARNING,
        CRITICAL
    }

    public Alert {
        if (title.isBlank()) {
            throw new IllegalArgumentException("an alert needs a title");
        }
        title = title.strip().replaceAll("\\s*\\R\\s*", " ");
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The body, and below it a line that says whose it is and of when. */
    String text() {
        return body.strip() + "\n\n" + job + " of " + instance
                + point.map(id -> ", point " + id).orElse("") + ", at " + at;
    }
}
