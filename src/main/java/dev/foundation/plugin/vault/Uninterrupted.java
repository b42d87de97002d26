package dev.foundation.plugin.vault;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs to its end what must not be cut short: an answer that is given only once. An interrupt meanwhile shows afterwards. */
final class Uninterrupted {
    private Uninterrupted() {}

    static <T> T call(Callable<T> work) throws IOException {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("work failed in a way it does not declare", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
