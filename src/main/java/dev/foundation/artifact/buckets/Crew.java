package dev.foundation.artifact.buckets;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** So many pieces of work at once, on virtual threads; who gives one waits for a place. After the first failure nothing begins any more. */
final class Crew implements AutoCloseable {
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    private final int size;
    private final Semaphore places;
    private final Set<Thread> running = new HashSet<>();
    private volatile @Nullable Exception failure;

    Crew(int size) {
        this.size = size;
        this.places = new Semaphore(size);
    }

    /** @throws IOException of work that was given before */
    void submit(Work work) throws IOException, InterruptedException {
        places.acquire();
        boolean given = false;
        try {
            refuse();
            Thread thread = Thread.ofVirtual().name("restore").unstarted(() -> run(work));
            synchronized (running) {
                running.add(thread);
            }
            thread.start();
            given = true;
        } finally {
            if (!given) {
                places.release(); // else close waits for ever
            }
        }
    }

    private void run(Work work) {
        try {
            if (failure == null) {
                work.run();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            synchronized (running) {
                failure = failure == null ? e : failure;
                running.forEach(each -> {
                    if (!each.equals(Thread.currentThread())) {
                        each.interrupt();
                    }
                });
            }
        } finally {
            synchronized (running) {
                running.remove(Thread.currentThread());
            }
            places.release();
        }
    }

    /** Waits for all. @throws IOException the first failure */
    void finish() throws IOException, InterruptedException {
        places.acquire(size);
        places.release(size);
        refuse();
    }

    private void refuse() throws IOException, InterruptedException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        }
    }

    /** Ends what still runs, and waits for it: nothing is written after this. */
    @Override
    public void close() {
        synchronized (running) {
            running.forEach(Thread::interrupt);
        }
        places.acquireUninterruptibly(size);
    }
}
