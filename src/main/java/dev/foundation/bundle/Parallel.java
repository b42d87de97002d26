package dev.foundation.bundle;

import dev.foundation.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads from a store, so many at once, on virtual threads. */
final class Parallel {
    private Parallel() {}

    interface Reading<T, R> {
        R of(T what) throws StoreException, InterruptedException;
    }

    /** The results in the order of {@code all}. The first failure stops the rest and is thrown. */
    static <T, R> List<R> map(List<T> all, int atOnce, Reading<T, R> reading)
            throws StoreException, InterruptedException {
        List<R> results = new ArrayList<>(all.size());
        try (ExecutorService threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            List<Future<R>> begun = new ArrayList<>(all.size());
            for (T each : all) {
                begun.add(threads.submit(() -> reading.of(each)));
            }
            try {
                for (Future<R> each : begun) {
                    results.add(each.get());
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                switch (e.getCause()) {
                    case StoreException failed -> throw failed;
                    case RuntimeException fault -> throw fault;
                    case Error error -> throw error;
                    case null, default -> throw new IllegalStateException("a read failed in an unknown way", e);
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
        return results;
    }
}
