package dev.foundation.plugin.restore;

import dev.foundation.event.RunEvent;
import dev.foundation.plugin.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/** A restorer's events beside the resource, seldom enough to be read. Counts the seconds since it was made. */
final class Told implements Consumer<RunEvent> {
    private static final Duration SELDOM = Duration.ofSeconds(10);
    private static final double MEGABYTE = 1e6;

    private final Run run;
    private final InstantSource clock;
    private final Instant begun;
    private Instant last;

    Told(Run run, InstantSource clock) {
        this.run = run;
        this.clock = clock;
        this.begun = clock.instant();
        this.last = begun;
    }

    long seconds() {
        return Duration.between(begun, clock.instant()).toSeconds();
    }

    @Override
    public synchronized void accept(RunEvent event) {
        switch (event) {
            case RunEvent.Began(String step) -> run.info(step);
            case RunEvent.Advanced(String step, long bytes, long total, long perSecond) -> {
                Instant now = clock.instant();
                if (Duration.between(last, now).compareTo(SELDOM) >= 0) {
                    last = now;
                    run.info(step + ": " + megabytes(bytes) + (total > 0 ? " of " + megabytes(total) : "") + ", "
                            + megabytes(perSecond) + "/s");
                }
            }
            case RunEvent.Noted(String text) -> run.info(text);
            case RunEvent.Warned(String text) -> run.warn(text);
            case RunEvent.Finished _, RunEvent.Ended _ -> {}
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }
}
