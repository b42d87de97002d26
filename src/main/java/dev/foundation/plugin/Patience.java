package dev.foundation.plugin;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

/** Waits, for a bounded time, for a service that has only just been started. */
public final class Patience {
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** How long a service may take to answer after its container is up. */
    public static final Duration USUAL = Duration.ofSeconds(30);

    private Patience() {}

    /** What is tried again. */
    @FunctionalInterface
    public interface Attempt<T> {
        T make() throws IOException, InterruptedException;
    }

    /** Repeats the attempt while it fails in a way that may pass by itself; the last failure is thrown when the time is over. */
    public static <T> T wait(Duration limit, Run run, Predicate<IOException> mayPass, Attempt<T> attempt)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            run.checkCancelled();
            try {
                return attempt.make();
            } catch (IOException e) {
                if (!mayPass.test(e) || System.nanoTime() - end > 0) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE);
        }
    }
}
