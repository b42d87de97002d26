package dev.foundation.artifact.forgejo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GNU tar said on standard error in the C locale, sorted into what happens on a volume in use and what must not happen. Not safe for many
 * threads at once.
 */
final class TarMessages {
    private static final int KEPT = 100;
    private static final Pattern CHANGED =
            Pattern.compile("tar: (.*): (?:file changed as we read it|File shrank by \\d+ bytes?; padding with zeros)");
    private static final Pattern VANISHED = Pattern.compile(
            "tar: (.*): (?:File removed before we read it|Cannot (?:stat|open|readlink): No such file or directory)");
    /** Attributes that could not be read of what is gone by then; tar tells in a line of its own if the file itself could not be read. */
    private static final Pattern GOING = Pattern.compile("tar: .*: Warning: Cannot \\w+: No such file or directory");

    private static final List<String> LAST = List.of("tar: Exiting with failure status due to previous errors");

    private final List<String> changed = new ArrayList<>();
    private long changes;
    private long vanished;
    private String fatal = "";

    void line(String line) {
        Matcher change = CHANGED.matcher(line);
        if (change.matches()) {
            // A folder changes whenever something is made in it.
            if (!change.group(1).endsWith("/")) {
                changes++;
                if (changed.size() < KEPT) {
                    changed.add(change.group(1));
                }
            }
        } else if (VANISHED.matcher(line).matches()) {
            vanished++;
        } else if (!line.isBlank()
                && !LAST.contains(line)
                && !GOING.matcher(line).matches()
                && fatal.isEmpty()) {
            fatal = line;
        }
    }

    /** The first words that mean that the archive is not whole. */
    Optional<String> fatal() {
        return fatal.isEmpty() ? Optional.empty() : Optional.of(fatal);
    }

    /** Names as tar escapes them; the first {@value #KEPT}. */
    List<String> changed() {
        return List.copyOf(changed);
    }

    long changes() {
        return changes;
    }

    long vanished() {
        return vanished;
    }
}
