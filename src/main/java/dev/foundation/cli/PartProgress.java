package dev.foundation.cli;

import dev.foundation.event.PartEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows parts being made ready. On a terminal one line per part that is rewritten as it goes on; elsewhere (a log, a pipe) plain lines: the
 * start, a sign of life every half minute, the end.
 */
public final class PartProgress implements Consumer<PartEvent> {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(30);
    private static final int WIDTH = 110;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private PartEvent.@Nullable Started running;
    private long startedAt;
    private long shownAt;

    /** @param nanos a clock as {@link System#nanoTime} */
    PartProgress(PrintStream out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /** On standard error: standard output belongs to the command's answer. */
    public static PartProgress onStandardError() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new PartProgress(System.err, terminal, System::nanoTime);
    }

    @Override
    public synchronized void accept(PartEvent event) {
        switch (event) {
            case PartEvent.Started started -> start(started);
            case PartEvent.Advanced advanced -> advance(advanced);
            case PartEvent.Finished finished -> {
                running = null;
                line(finished.part() + ": done in " + words(finished.took()));
            }
            case PartEvent.Noted noted -> line(noted.text());
        }
    }

    private void start(PartEvent.Started started) {
        running = started;
        startedAt = nanos.getAsLong();
        shownAt = startedAt;
        String text = started.action() + " " + started.part()
                + started.estimate()
                        .map(estimate -> ", about " + words(estimate))
                        .orElse("");
        if (terminal) {
            rewrite(text);
        } else {
            out.println(text);
        }
    }

    private void advance(PartEvent.Advanced advanced) {
        long now = nanos.getAsLong();
        if (running == null || now - shownAt < (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            return;
        }
        shownAt = now;
        Duration passed = Duration.ofNanos(now - startedAt);
        String text = running.action() + " " + advanced.part() + ": " + clock(passed)
                + running.estimate()
                        .map(estimate -> " of about " + clock(longer(estimate, passed)))
                        .orElse("")
                + percent(advanced.fraction()) + ", " + advanced.detail();
        if (terminal) {
            rewrite(text);
        } else {
            out.println(text);
        }
    }

    /** An estimate that has passed is no estimate: then the least that is true is what has passed. */
    private static Duration longer(Duration estimate, Duration passed) {
        return estimate.compareTo(passed) > 0 ? estimate : passed;
    }

    private static String percent(Optional<Double> fraction) {
        return fraction.map(done -> String.format(Locale.ROOT, " (%d %%)", Math.round(done * 100)))
                .orElse("");
    }

    private void rewrite(String text) {
        out.print("\r\u001b[K" + (text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text));
        out.flush();
    }

    private void line(String text) {
        out.println((terminal ? "\r\u001b[K" : "") + text);
    }

    private static String clock(Duration duration) {
        return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }

    static String words(Duration duration) {
        long seconds = Math.max(1, duration.toSeconds());
        return seconds < 100 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
    }
}
