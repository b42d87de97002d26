package dev.foundation.alert;

import java.time.Duration;
import java.util.List;

/**
 * How long a receiver is waited for.
 *
 * @param timeout of one try, to connect and to answer
 * @param pauses before each further try: one more try than there are pauses
 */
public record Attempts(Duration timeout, List<Duration> pauses) {
    /** Three tries in half a minute at most. */
    public static final Attempts USUAL =
            new Attempts(Duration.ofSeconds(8), List.of(Duration.ofSeconds(1), Duration.ofSeconds(4)));

    public Attempts {
        pauses = List.copyOf(pauses);
    }
}
