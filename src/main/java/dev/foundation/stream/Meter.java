package dev.foundation.stream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells a listener how many bytes have been read through it, and how fast. It never slows the stream down. */
public final class Meter extends FilterInputStream {
    /** Called on the thread that reads; should return at once. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param total bytes since the beginning
         * @param perSecond bytes per second since the last call, or since the beginning for the last call of all; 0 if no time has passed
         * @param ended the source has ended; said once
         */
        void seen(long total, long perSecond, boolean ended);
    }

    private final Listener listener;
    private final LongSupplier nanos;
    private final long interval;
    private final long begun;
    private long total;
    private long lastTotal;
    private long lastTime;
    private boolean ended;

    /**
     * @param interval least time between two calls; the end is always told
     * @param nanos a clock that only goes forward, such as {@code System::nanoTime}
     */
    public Meter(InputStream source, Duration interval, LongSupplier nanos, Listener listener) {
        super(source);
        this.listener = listener;
        this.nanos = nanos;
        this.interval = interval.toNanos();
        this.begun = nanos.getAsLong();
        this.lastTime = begun;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read < 0) {
            end();
            return read;
        }
        total += read;
        long now = nanos.getAsLong();
        if (now - lastTime >= interval && total > lastTotal) {
            listener.seen(total, rate(total - lastTotal, now - lastTime), false);
            lastTotal = total;
            lastTime = now;
        }
        return read;
    }

    private void end() {
        if (!ended) {
            ended = true;
            listener.seen(total, rate(total, nanos.getAsLong() - begun), true);
        }
    }

    private static long rate(long bytes, long time) {
        return time <= 0 ? 0 : Math.round(bytes * 1e9 / time);
    }

    @Override
    public long skip(long count) {
        return 0; // what is skipped would not be counted; callers then read instead
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Bytes read so far. */
    public long total() {
        return total;
    }
}
