package dev.foundation.schedule;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The lock, held. Closing it lets the next one in; closing it again does nothing. Any thread may close it. */
public final class RunLock implements AutoCloseable {
    /** How to let go. */
    interface Release {
        void run() throws IOException;
    }

    private final Release release;
    private final AtomicBoolean closed = new AtomicBoolean();

    RunLock(Release release) {
        this.release = release;
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
