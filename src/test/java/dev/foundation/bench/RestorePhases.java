package dev.foundation.bench;

import dev.foundation.event.RunEvent;
import java.util.Locale;
import java.util.function.Consumer;

/** When a step began with what: first its sealed bytes are proved, then what it restores is read and checked, then it is brought in. */
final class RestorePhases implements Consumer<RunEvent> {
    private final long made = System.nanoTime();
    private long first;
    private long last;

    @Override
    public synchronized void accept(RunEvent event) {
        if (event instanceof RunEvent.Began) {
            last = System.nanoTime();
            first = first == 0 ? last : first;
        }
    }

    /** Seconds before the first thing began, until the last began, and from there to now. */
    synchronized String end() {
        long now = System.nanoTime();
        return String.format(
                Locale.ROOT, " %.3f %.3f %.3f", (first - made) / 1e9, (last - first) / 1e9, (now - last) / 1e9);
    }
}
