package dev.foundation.verify;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Small readings side by side: they wait for the network, not for a core. */
final class Batch implements AutoCloseable {
    private static final int AT_ONCE = 8;
    /** Readings handed over together: bounds what is held in memory. */
    static final int SIZE = 128;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("verify ", 0).factory());

    interface Reading<T, R> {
        R of(T what) throws InterruptedException;
    }

    /** The results in the order of {@code all}. */
    <T, R> List<R> map(List<T> all, Reading<T, R> reading) throws InterruptedException {
        List<Callable<R>> calls =
                all.stream().map(each -> (Callable<R>) () -> reading.of(each)).toList();
        List<Future<R>> done = threads.invokeAll(calls);
        List<R> results = new java.util.ArrayList<>(done.size());
        for (Future<R> each : done) {
            try {
                results.add(each.get());
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case InterruptedException cause -> throw cause;
                    case RuntimeException cause -> throw cause;
                    case Error cause -> throw cause;
                    case null, default -> throw new IllegalStateException("a reading failed in an unknown way", e);
                }
            }
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
