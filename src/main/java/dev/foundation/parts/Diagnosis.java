package dev.foundation.parts;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns the end of a failed build's output into a message that says what to do. */
final class Diagnosis {
    private static final Pattern FULL = Pattern.compile("no space left on device|disk quota exceeded");
    private static final Pattern FORGED =
            Pattern.compile("checksum mismatch|security error|checksum for .* was not what");
    private static final Pattern UNREACHABLE =
            Pattern.compile("dial tcp|no such host|i/o timeout|proxyconnect|connection refused"
                    + "|could not resolve|failed to download|failed to get|404 not found|410 gone|403 forbidden|temporary failure resolving"
                    + "|tls handshake|spurious network error");
    private static final Pattern NOT_ROOT = Pattern.compile("can only run as root|operation not permitted");

    private Diagnosis() {}

    static PartUnavailable of(String title, Path cache, Command.Outcome outcome, Path log) {
        String end = "\n  whole output: " + log;
        Optional<String> full = line(outcome.tail(), FULL);
        if (full.isPresent()) {
            return new PartUnavailable("the disk is full: " + title
                    + " was not finished, and nothing half-done was kept. Free some space (the cache is " + cache
                    + ") and run the same command again.\n  " + full.get() + end);
        }
        Optional<String> forged = line(outcome.tail(), FORGED);
        if (forged.isPresent()) {
            return new PartUnavailable("building " + title
                    + " was stopped: a downloaded package is not the one that the recipe names by its checksum."
                    + " Do not go on before you know why.\n  " + forged.get() + end);
        }
        Optional<String> unreachable = line(outcome.tail(), UNREACHABLE);
        if (unreachable.isPresent()) {
            return new PartUnavailable("building " + title
                    + ": a package can't be fetched. Check the network and the mirrors (GOPROXY, cargo's and"
                    + " apt's configuration), then run the same command again.\n  " + unreachable.get() + end);
        }
        Optional<String> notRoot = line(outcome.tail(), NOT_ROOT);
        if (notRoot.isPresent()) {
            return new PartUnavailable("building " + title
                    + " must be done as root, once: run ./foundation build as root.\n  " + notRoot.get() + end);
        }
        List<String> tail = outcome.tail();
        return new PartUnavailable("building " + title + " failed (exit " + outcome.exit() + "):\n  "
                + String.join("\n  ", tail.subList(Math.max(0, tail.size() - 8), tail.size())) + end);
    }

    private static Optional<String> line(List<String> tail, Pattern pattern) {
        return tail.reversed().stream()
                .filter(line -> pattern.matcher(line.toLowerCase(Locale.ROOT)).find())
                .findFirst();
    }

    /** A failure of our own writing, told like that of a build. */
    static java.io.IOException of(String title, Path cache, java.io.IOException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof PartUnavailable
                || !FULL.matcher(message.toLowerCase(Locale.ROOT)).find()) {
            return e;
        }
        return new PartUnavailable(
                "the disk is full: " + title
                        + " was not finished, and nothing half-done was kept. Free some space (the cache is " + cache
                        + ") and run the same command again.",
                e);
    }
}
