package dev.foundation.cli;

import dev.foundation.schedule.RunLock;
import dev.foundation.schedule.RunLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A command's hold of the run lock (S6), for as long as no backup, prune or restore may run beside it. */
final class Alone implements AutoCloseable {
    private final RunLocks locks;
    private final RunLock held;

    private Alone(RunLocks locks, RunLock held) {
        this.locks = locks;
        this.held = held;
    }

    /**
     * @param shared the folder that the foundation's containers and this host share
     * @param command for whom it meets meanwhile
     * @throws Refused at once, if another run holds it
     */
    static Alone orRefused(Path shared, InstantSource clock, String command) throws IOException {
        RunLocks locks = RunLocks.in(shared, clock);
        Optional<RunLock> held = Optional.empty();
        try {
            held = locks.tryAcquire(command);
            if (held.isEmpty()) {
                throw new Refused("another job of this foundation holds the run lock ("
                        + locks.holder().orElse("it gives no name")
                        + "): wait until it has ended, then try again. Nothing was touched.");
            }
            return new Alone(locks, held.get());
        } finally {
            if (held.isEmpty()) {
                locks.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            held.close();
        } finally {
            locks.close();
        }
    }
}
