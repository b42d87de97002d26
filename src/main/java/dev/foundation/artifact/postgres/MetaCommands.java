package dev.foundation.artifact.postgres;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The commands to psql itself that a script may hold: those that the dump programs write. psql knows others that read and write files, run programs
 * and include scripts, and within most it runs what stands between backquotes; whoever could write into a dump could so reach the machine that
 * restores it.
 */
final class MetaCommands {
    private static final Pattern ALLOWED = Pattern.compile(
            // The second form is pg_dump's for names that are not plain; in it a double quote is written twice.
            "\\\\connect ([A-Za-z0-9_.]+|-reuse-previous=on \"dbname='([^\"]|\"\")*'\")"
                    + "|\\\\(un)?restrict [A-Za-z0-9]+"
                    + "|\\\\set ON_ERROR_STOP on|\\\\encoding SQL_ASCII");

    private MetaCommands() {}

    /** @param line that begins with a backslash, outside of any statement */
    static void check(String line) throws IOException {
        if (!ALLOWED.matcher(line).matches()) {
            String name = line.split("\\s", 2)[0];
            throw new IOException("the script has the psql command "
                    + (name.matches("\\\\[A-Za-z!?.]+") ? name : "(unprintable)")
                    + " where no dump program writes it: it is not run. Somebody has changed the dump, or its source");
        }
    }
}
