package dev.foundation.artifact.postgres;

import dev.foundation.process.Command;
import dev.foundation.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Postgres's own dump programs, both of one version.
 *
 * @param version as they print it, such as {@code 15.18}
 * @param major such as 15
 */
public record ClientPrograms(Path dump, Path dumpAll, String version, int major) {
    private static final Pattern FORM = Pattern.compile("\\(PostgreSQL\\) ((\\d+)[^ ]*)");

    /**
     * Asks both programs for their version.
     *
     * @param folder such as {@code /usr/lib/postgresql/15/bin}: Debian's wrappers on the PATH choose a version by themselves
     */
    public static ClientPrograms in(Path folder) throws IOException, InterruptedException {
        Path dump = folder.resolve("pg_dump");
        Path dumpAll = folder.resolve("pg_dumpall");
        Matcher one = ask(dump);
        Matcher other = ask(dumpAll);
        if (!one.group(1).equals(other.group(1))) {
            throw new IOException("pg_dump is " + one.group(1) + " and pg_dumpall is " + other.group(1)
                    + ": install both from one package");
        }
        return new ClientPrograms(dump, dumpAll, one.group(1), Integer.parseInt(one.group(2)));
    }

    private static Matcher ask(Path program) throws IOException, InterruptedException {
        var answer = Processes.run(Command.of(List.of(program.toString(), "--version")));
        Matcher version = FORM.matcher(answer.text());
        if (!answer.ok() || !version.find()) {
            throw new IOException(program + " does not tell its version: is it Postgres's?");
        }
        return version;
    }

    /** A dump program reads servers of its own version and older ones only. */
    void check(String serverVersion, int serverMajor) throws ClientTooOldException {
        if (major < serverMajor) {
            throw new ClientTooOldException("pg_dump " + version + " cannot dump a Postgres " + serverVersion
                    + " server: install the client programs of version " + serverMajor + " or later");
        }
    }
}
