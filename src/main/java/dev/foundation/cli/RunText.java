package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run from its beginning to its exit code, as {@code --json} and as people read it. */
final class RunText {
    /** Says how a job ended, in a sentence without its first word. */
    @FunctionalInterface
    interface Words {
        String of(RunEvent.Ended ended);
    }

    private RunText() {}

    /** Runs a job that needs no more words at its end. @return the exit code */
    static int run(String job, AgentDoor door, Terminal terminal, boolean json, Words words)
            throws IOException, InterruptedException {
        return run(job, "", door, terminal, json, words);
    }

    /** @param query what the job is told, such as {@code ?repair=true} */
    static int run(String job, String query, AgentDoor door, Terminal terminal, boolean json, Words words)
            throws IOException, InterruptedException {
        RunEvent.Ended ended;
        try (RunView view = view(job, terminal, json)) {
            ended = RunStream.follow(door, "/run/" + job + query, view);
        }
        if (json) {
            new RunJson(terminal.out()).event(ended);
        } else {
            lines(terminal, ended, words.of(ended)).forEach(terminal.out()::println);
        }
        return exit(ended.verdict());
    }

    static RunView view(String job, Terminal terminal, boolean json) {
        return json ? new RunJson(terminal.out()) : new RunProgress(job, terminal, System::nanoTime);
    }

    /** What is suspicious is there, but nobody has found it to be right. */
    static int exit(Verdict verdict) {
        return switch (verdict) {
            case COMPLETE -> ExitCodes.DONE;
            case INCOMPLETE, FAILED -> ExitCodes.FAILED;
            case SUSPICIOUS -> ExitCodes.NOT_VERIFIED;
            case REFUSED -> ExitCodes.REFUSED;
        };
    }

    /** The verdict, a sentence, and every problem. */
    static List<String> lines(Terminal terminal, RunEvent.Ended ended, String sentence) {
        String word = ended.verdict().name().charAt(0)
                + ended.verdict().name().substring(1).toLowerCase(Locale.ROOT);
        List<String> lines = new ArrayList<>(Wrapped.lines("", word + ": " + sentence));
        String painted = ended.verdict() == Verdict.COMPLETE ? terminal.good(word) : terminal.bad(word);
        lines.set(0, painted + lines.getFirst().substring(word.length()));
        ended.problems().forEach(problem -> lines.addAll(Wrapped.lines("  - ", problem)));
        return lines;
    }

    /** {@code local}, {@code local and off-site}, {@code a, b and c}. */
    static String names(List<String> names) {
        return switch (names.size()) {
            case 0 -> "no place";
            case 1 -> names.getFirst();
            default -> String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
        };
    }
}
