package dev.foundation.verify;

import dev.foundation.event.RunEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what is read and tells of it, twice a second at most. Safe for many threads. */
final class Work {
    private static final long INTERVAL = Duration.ofMillis(500).toNanos();

    private final Consumer<RunEvent> events;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong objects = new AtomicLong();
    private String step = "";
    private long expected;
    private long begun;
    private long bytesBefore;
    private long toldAt;
    private long toldBytes;

    Work(Consumer<RunEvent> events) {
        this.events = events;
    }

    /** @param total bytes that the step will read; 0 if nobody knows */
    synchronized void begin(String name, long total) {
        step = name;
        expected = total;
        begun = System.nanoTime();
        bytesBefore = bytes.get();
        toldAt = begun;
        toldBytes = bytesBefore;
        events.accept(new RunEvent.Began(name));
    }

    void read(int count) {
        long total = bytes.addAndGet(count);
        synchronized (this) {
            long now = System.nanoTime();
            if (now - toldAt >= INTERVAL) {
                long rate = Math.round((total - toldBytes) * 1e9 / (now - toldAt));
                events.accept(new RunEvent.Advanced(step, total - bytesBefore, expected, Math.max(0, rate)));
                toldAt = now;
                toldBytes = total;
            }
        }
    }

    void object() {
        objects.incrementAndGet();
    }

    synchronized void end() {
        events.accept(new RunEvent.Finished(
                step,
                bytes.get() - bytesBefore,
                Duration.ofNanos(System.nanoTime() - begun).toMillis()));
    }

    long bytes() {
        return bytes.get();
    }

    long objects() {
        return objects.get();
    }
}
