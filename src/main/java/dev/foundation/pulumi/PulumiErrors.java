package dev.foundation.pulumi;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what the CLI says on its error stream into one message that says what to do. Seen with the CLI 3.230.0. */
final class PulumiErrors {
    private static final Pattern LOCK = Pattern.compile("created by (\\S+ \\(pid \\d+\\) at \\S+)");

    private static final String WRONG_PASSPHRASE = "incorrect passphrase";

    private PulumiErrors() {}

    /**
     * @param action what was being done, such as {@code pulumi up}
     * @param passphrase where the passphrase came from
     * @param lines the CLI's error lines
     */
    static String message(String action, String passphrase, List<String> lines) {
        String all = String.join("\n", lines);
        return known(all, passphrase)
                .orElseGet(() -> all.isBlank()
                        ? action + " failed: what it printed above says why. A second run takes up where it stopped."
                        : action + " failed: "
                                + all.replaceFirst("^error: ", "").strip());
    }

    /** @param lines the CLI's error lines */
    static boolean wrongPassphrase(List<String> lines) {
        return lines.stream().anyMatch(line -> line.contains(WRONG_PASSPHRASE));
    }

    private static Optional<String> known(String all, String passphrase) {
        if (all.contains(WRONG_PASSPHRASE)) {
            return Optional.of(
                    "the passphrase in " + passphrase + " does not open Pulumi.foundation.yaml: put the right one"
                            + " there (the ten words that the first `up` made), or name another file in FOUNDATION_PASSPHRASE_FILE");
        }
        if (all.contains("passphrase must be set") || all.contains("unable to read PULUMI_CONFIG_PASSPHRASE_FILE")) {
            return Optional.of("there is no passphrase in " + passphrase
                    + ": put it there (chmod 600), or name another file in FOUNDATION_PASSPHRASE_FILE");
        }
        if (all.contains("stack is currently locked")) {
            Matcher by = LOCK.matcher(all);
            return Optional.of("the stack is locked" + (by.find() ? " by a run of " + by.group(1) : "")
                    + ": wait for that run to end. If it is dead for certain, free the stack:"
                    + " eval \"$(./foundation env)\" && pulumi cancel --stack foundation");
        }
        if (all.contains("no language plugin")) {
            return Optional.of(
                    "Pulumi does not find its Java language host: `./foundation doctor` says which part is missing");
        }
        if (all.contains("no space left on device")) {
            return Optional.of("the disk is full: make room, then run it again; it takes up where it stopped");
        }
        if (all.contains("unable to open bucket") || all.contains("unable to check if bucket")) {
            return Optional.of("Pulumi cannot reach its state: "
                    + firstLine(all).replaceFirst("^error: ", "") + ". Check PULUMI_BACKEND_URL");
        }
        if (all.contains("no stack named")) {
            return Optional.of("the state on this machine knows no stack \"foundation\": `./foundation up` makes it");
        }
        return Optional.empty();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
