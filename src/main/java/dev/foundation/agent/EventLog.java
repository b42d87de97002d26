package dev.foundation.agent;

import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEventLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What happened, twice: for people on standard output, for programs as JSON lines in a file of bounded size. Never fails a run. */
final class EventLog {
    private static final long MOST = 8L * 1024 * 1024;

    private final PrintStream out;
    private final Path file;
    private final InstantSource clock;

    EventLog(PrintStream out, Path state, InstantSource clock) {
        this.out = out;
        this.file = state.resolve("events.jsonl");
        this.clock = clock;
    }

    void line(String text) {
        out.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + text);
    }

    void trace(Throwable defect) {
        defect.printStackTrace(out);
    }

    synchronized void event(String job, RunEvent event) {
        switch (event) {
            case RunEvent.Began(var step) -> line(job + ": " + step);
            case RunEvent.Advanced unused -> {
                return; // too many for a log
            }
            case RunEvent.Finished(var step, var bytes, var millis) ->
                line(job + ": " + step + " done, " + bytes + " bytes in " + millis + " ms");
            case RunEvent.Noted(var text) -> line(job + ": " + text);
            case RunEvent.Warned(var text) -> line(job + " WARNING: " + text);
            case RunEvent.Ended ended -> {
                line(job + ": " + ended.verdict() + (ended.point().isEmpty() ? "" : ", point " + ended.point())
                        + (ended.sequence() == 0 ? "" : ", sequence " + ended.sequence()));
                ended.problems().forEach(each -> line(job + " problem: " + each));
            }
        }
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MOST) {
                Files.move(file, file.resolveSibling("events.1.jsonl"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(
                    file,
                    "{\"at\":\"" + clock.instant() + "\",\"job\":\"" + job + "\",\"what\":" + RunEventLine.of(event)
                            + "}\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            line("the event log cannot be written: " + e.getMessage());
        }
    }
}
