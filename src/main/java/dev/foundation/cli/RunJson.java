package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEventLine;
import java.io.PrintStream;

/** The events as they come, one a line. */
final class RunJson implements RunView {
    private final PrintStream out;

    RunJson(PrintStream out) {
        this.out = out;
    }

    @Override
    public void event(RunEvent event) {
        out.println(RunEventLine.of(event));
        out.flush();
    }
}
