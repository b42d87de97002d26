package dev.foundation.store;

import dev.foundation.store.StoreException.Kind;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The way to one store: a thread that writes what it is handed, and goes on taking (and dropping) it when its store is lost. */
final class TeeBranch {
    /** What a branch is handed. */
    private sealed interface Step {
        record Data(Chunk chunk) implements Step {}

        record Publish(long size) implements Step {}
    }

    private final ObjectStore store;
    private final ObjectKey key;
    // As many as there are chunks, and the end: handing over never waits here, only for a free chunk.
    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(Tee.CHUNKS + 1);
    private final Thread thread;
    private volatile @Nullable Outcome outcome;
    private volatile boolean stopped;
    /** The last step was taken: nothing more comes. Used by the thread alone. */
    private boolean told;

    private TeeBranch(ObjectStore store, ObjectKey key) {
        this.store = store;
        this.key = key;
        this.thread = Thread.ofVirtual().name("copy to " + store.name()).unstarted(this::run);
    }

    static TeeBranch start(ObjectStore store, ObjectKey key) {
        var branch = new TeeBranch(store, key);
        branch.thread.start();
        return branch;
    }

    String name() {
        return store.name();
    }

    boolean lost() {
        return outcome instanceof Outcome.Lost;
    }

    void take(Chunk chunk) {
        steps.add(new Step.Data(chunk));
    }

    /** All was handed over, and the source ended well. */
    void publish(long size) {
        steps.add(new Step.Publish(size));
    }

    /** Waits for the verdict, which comes some time after {@link #publish}. */
    Outcome outcome() throws InterruptedException {
        thread.join();
        Outcome verdict = outcome;
        return verdict != null ? verdict : lose(Kind.OTHER, "stopped before it was told how it went", null);
    }

    /** Ends the thread, and what it has begun, if it has not ended by itself. */
    void stop() {
        stopped = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the upload is thrown away before the caller goes on
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            outcome = write();
        } catch (StoreException e) {
            outcome = new Outcome.Lost(e);
        } catch (InterruptedException e) {
            outcome = lose(Kind.OTHER, "was interrupted", e);
        } catch (RuntimeException | Error e) {
            outcome =
                    lose(Kind.OTHER, "failed in an unforeseen way: " + e, e); // told, and no reason to stop the others
        }
        drop();
    }

    private Outcome write() throws StoreException, InterruptedException {
        try (Upload upload = store.begin(key)) {
            while (true) {
                switch (steps.take()) {
                    case Step.Data(Chunk chunk) -> {
                        try {
                            chunk.writeTo(upload);
                        } finally {
                            chunk.release();
                        }
                    }
                    case Step.Publish(long size) -> {
                        told = true;
                        StoredObject object = upload.complete();
                        return object.size() == size
                                ? new Outcome.Kept(object)
                                : lose(Kind.DAMAGED, "has " + object.size() + " bytes of the " + size + " sent", null);
                    }
                }
            }
        }
    }

    /** The others still need the chunks that were handed to this one. */
    private void drop() {
        try {
            while (!told && !stopped && steps.take() instanceof Step.Data(Chunk chunk)) {
                chunk.release();
            }
        } catch (InterruptedException e) {
            // Stopped: nothing more is handed over.
        }
    }

    private Outcome.Lost lose(Kind kind, String what, @Nullable Throwable cause) {
        return new Outcome.Lost(new StoreException(
                kind, "write " + key + " to " + store.name() + " (" + store.place() + "): " + what, cause));
    }
}
