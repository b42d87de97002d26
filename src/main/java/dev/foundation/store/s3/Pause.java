package dev.foundation.store.s3;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How a retry waits; tests do not. */
@FunctionalInterface
interface Pause {
    void take(Duration time) throws InterruptedException;

    /** Doubling from a quarter of a second to five, and up to half as much again so that many do not come back at once. */
    default void before(int retry) throws InterruptedException {
        long base = Math.min(5_000, 250L << Math.min(10, retry - 1));
        take(Duration.ofMillis(base + ThreadLocalRandom.current().nextLong(base / 2)));
    }
}
