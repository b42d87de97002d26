package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A run for people, on standard error. On a terminal one line tells what is running, how fast, and where all sizes are known how long it will
 * take; it is rewritten and in the end erased. Elsewhere (a log, a pipe) plain lines: beginnings, a sign of life every half minute, ends.
 */
final class RunProgress implements RunView {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(30);
    private static final int WIDTH = Wrapped.WIDTH - 1; // a full line would wrap on some terminals

    private final String job;
    private final Terminal terminal;
    private final LongSupplier nanos;
    private final long begunAt;
    private final Map<String, RunEvent.Advanced> running = new LinkedHashMap<>();
    private final Thread hook = Thread.ofPlatform().unstarted(this::stopped);
    private long shownAt;
    private boolean live;
    private boolean closed;

    /**
     * @param job the command's name
     * @param nanos a clock as {@link System#nanoTime}
     */
    RunProgress(String job, Terminal terminal, LongSupplier nanos) {
        this.job = job;
        this.terminal = terminal;
        this.nanos = nanos;
        this.begunAt = nanos.getAsLong();
        this.shownAt = begunAt;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public synchronized void event(RunEvent event) {
        switch (event) {
            case RunEvent.Began began -> {
                running.put(began.step(), new RunEvent.Advanced(began.step(), 0, 0, 0));
                if (!terminal.interactive()) {
                    line(job + ": " + began.step());
                }
            }
            case RunEvent.Advanced advanced -> running.put(advanced.step(), advanced);
            case RunEvent.Finished finished -> {
                running.remove(finished.step());
                line("  " + finished(finished));
            }
            case RunEvent.Noted noted -> Wrapped.lines("  ", noted.text()).forEach(this::line);
            case RunEvent.Warned warned -> {
                List<String> lines = Wrapped.lines("  warning: ", warned.text());
                line(lines.getFirst().replaceFirst("warning:", terminal.bad("warning:")));
                lines.stream().skip(1).forEach(this::line);
            }
            case RunEvent.Ended _ -> throw new IllegalArgumentException("how a run ended is told by the command");
        }
        tick();
    }

    @Override
    public synchronized void tick() {
        long now = nanos.getAsLong();
        boolean due = now - shownAt >= (terminal.interactive() ? ON_TERMINAL : ELSEWHERE).toNanos();
        if (closed || !due) {
            return;
        }
        shownAt = now;
        String text = state(Duration.ofNanos(now - begunAt));
        if (terminal.interactive()) {
            terminal.err().print("\r\u001b[K" + (text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text));
            terminal.err().flush();
            live = true;
        } else {
            terminal.err().println(text);
        }
    }

    /** What is cut off at the end of a narrow line matters least. */
    private String state(Duration passed) {
        var text = new StringBuilder(job).append(' ').append(Quantity.clock(passed));
        long rate = running.values().stream()
                .mapToLong(RunEvent.Advanced::perSecond)
                .sum();
        if (rate > 0) {
            text.append(", ").append(Quantity.bytes(rate)).append("/s");
        }
        long left = left();
        if (left > 0) {
            text.append(", ").append(Quantity.clock(Duration.ofSeconds(left))).append(" left");
        }
        List<String> steps = new ArrayList<>();
        running.values().forEach(step -> steps.add(step(step)));
        return steps.isEmpty()
                ? text.toString()
                : text.append(": ").append(String.join(", ", steps)).toString();
    }

    /** Seconds until the slowest is done; 0 if a size or a rate is unknown. */
    private long left() {
        long longest = 0;
        for (RunEvent.Advanced step : running.values()) {
            if (step.total() <= 0 || step.perSecond() <= 0 || step.bytes() > step.total()) {
                return 0;
            }
            longest = Math.max(longest, Math.ceilDiv(step.total() - step.bytes(), step.perSecond()));
        }
        return longest;
    }

    private static String step(RunEvent.Advanced step) {
        int dot = step.step().indexOf('.', 1);
        String name = dot < 0 ? step.step() : step.step().substring(0, dot);
        if (step.bytes() == 0) {
            return name;
        }
        return name + " "
                + (step.total() >= step.bytes()
                        ? Math.floorDiv(step.bytes() * 100, step.total()) + " %"
                        : Quantity.bytes(step.bytes()));
    }

    private static String finished(RunEvent.Finished finished) {
        String took = PartProgress.words(Duration.ofMillis(finished.millis()));
        if (finished.bytes() == 0) {
            return finished.step() + ": done in " + took;
        }
        long rate = finished.bytes() * 1000 / Math.max(1, finished.millis());
        return finished.step() + ": " + Quantity.bytes(finished.bytes()) + " in " + took + ", " + Quantity.bytes(rate)
                + "/s";
    }

    private void line(String text) {
        erase();
        terminal.err().println(text);
    }

    private void erase() {
        if (live) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            live = false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        erase();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook speaks next.
        }
    }

    private synchronized void stopped() {
        if (!closed) {
            closed = true;
            line(job + " was stopped; what was half-done counts as nothing");
        }
    }
}
