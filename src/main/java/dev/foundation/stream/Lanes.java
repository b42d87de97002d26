package dev.foundation.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/** A few tasks side by side; the first failure ends the others. */
public final class Lanes {
    private Lanes() {}

    @FunctionalInterface
    public interface Task<T> {
        T run() throws IOException, InterruptedException;
    }

    /** @return in the order of the tasks. When this returns or throws, none of them runs any more */
    public static <T> List<T> run(List<Task<T>> tasks, int atOnce) throws IOException, InterruptedException {
        Semaphore places = new Semaphore(atOnce);
        List<FutureTask<T>> futures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        Thread caller = Thread.currentThread();
        for (Task<T> each : tasks) {
            FutureTask<T> future = new FutureTask<>(() -> {
                places.acquire();
                try {
                    return each.run();
                } finally {
                    places.release();
                }
            });
            futures.add(future);
            threads.add(Thread.ofVirtual().name("lane of " + caller.getName()).unstarted(future));
        }
        threads.forEach(Thread::start);
        List<T> results = new ArrayList<>();
        try {
            for (FutureTask<T> each : futures) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case InterruptedException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            threads.forEach(Thread::interrupt);
            boolean interrupted = false;
            for (Thread each : threads) {
                while (each.isAlive()) {
                    try {
                        each.join();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            }
            if (interrupted) {
                caller.interrupt();
            }
        }
    }
}
