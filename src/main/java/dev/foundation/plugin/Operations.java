package dev.foundation.plugin;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The handler calls under way. Each runs on its caller's thread, which is interrupted when the user cancels or its time is up. */
final class Operations {
    private final Set<Operation> running = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    @FunctionalInterface
    interface Work<T> {
        T run(Operation operation) throws IOException, InterruptedException;
    }

    /**
     * @param timeoutSeconds as the engine sends it; 0 for none
     * @throws IOException also when the time is up
     * @throws InterruptedException when the user has cancelled
     */
    <T> T call(double timeoutSeconds, Work<T> work) throws IOException, InterruptedException {
        var operation = new Operation(Thread.currentThread());
        running.add(operation);
        Thread alarm = timeoutSeconds > 0
                ? Thread.ofVirtual().start(() -> alarm(operation, timeoutSeconds))
                : Thread.ofVirtual().unstarted(() -> {});
        try {
            operation.checkCancelled();
            return work.run(operation);
        } catch (InterruptedException e) {
            if (operation.late) {
                throw new IOException("not done within the " + timeoutSeconds
                        + " s that customTimeouts allows; it may be half-way: run the update again");
            }
            throw e;
        } finally {
            operation.end();
            running.remove(operation);
            alarm.interrupt();
        }
    }

    /** Interrupts what runs; what starts from now on fails at its first check. */
    void cancel() {
        cancelled = true;
        running.forEach(Operation::interrupt);
    }

    private static void alarm(Operation operation, double seconds) {
        try {
            Thread.sleep(Duration.ofMillis((long) (seconds * 1000)));
            operation.late = true;
            operation.interrupt();
        } catch (InterruptedException _) {
            // The operation ended in time.
        }
    }

    final class Operation {
        private final Thread thread;
        private boolean ended;
        private volatile boolean late;

        private Operation(Thread thread) {
            this.thread = thread;
        }

        void checkCancelled() throws InterruptedException {
            if (cancelled || late) {
                throw new InterruptedException("cancelled");
            }
        }

        private synchronized void interrupt() {
            if (!ended) {
                thread.interrupt();
            }
        }

        /** After this no interrupt can reach whatever the thread does next. */
        private synchronized void end() {
            ended = true;
            Thread.interrupted();
        }
    }
}
