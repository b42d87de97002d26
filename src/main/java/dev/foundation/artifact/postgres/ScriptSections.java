package dev.foundation.artifact.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the parts of a script while another listener reads it. */
final class ScriptSections implements ScriptLexer.Listener {
    private static final String IDENTIFIER = "(?:\"(?:[^\"]|\"\")*\"|[^\\s\"]+)";
    /** Every statement about a database as such that pg_dump prints; the first group is its name. */
    private static final Pattern ABOUT = Pattern.compile(
            "(?:(?:CREATE|ALTER|COMMENT ON) DATABASE|(?:GRANT|REVOKE) [A-Z, ]+ ON DATABASE|ALTER ROLE " + IDENTIFIER
                    + " IN DATABASE|SECURITY LABEL FOR " + IDENTIFIER + " ON DATABASE) (" + IDENTIFIER + ")(?:\\s.*)?",
            Pattern.DOTALL);

    private static final Pattern OWNER =
            Pattern.compile("ALTER DATABASE " + IDENTIFIER + " OWNER TO (" + IDENTIFIER + ")");
    private static final String CONNECT = "\\connect ";

    private final ScriptLexer.Listener reader;
    private final SortedMap<String, ScriptSection> found = new TreeMap<>();
    private final List<ScriptSection.Name> names = new ArrayList<>();
    private String database = "";
    private String owner = "";
    private long start;
    private long at;

    ScriptSections(ScriptLexer.Listener reader) {
        this.reader = reader;
    }

    /** By database; whole once the script was read. */
    SortedMap<String, ScriptSection> found() {
        return found;
    }

    @Override
    public void at(long position) {
        at = position;
        reader.at(position);
    }

    @Override
    public void rows(long count) throws IOException {
        reader.rows(count);
    }

    @Override
    public void line(String text) throws IOException {
        reader.line(text);
        if (text.startsWith(ScriptMarks.DATABASE)) {
            end();
            database = PostgresScript.name(text.substring(ScriptMarks.DATABASE.length()));
            owner = "";
            start = at + text.length();
        } else if (text.startsWith(ScriptMarks.END)) {
            end();
            database = "";
        } else if (!database.isEmpty() && text.startsWith(CONNECT) && !names.isEmpty()) {
            // The first one stands before the database is made, and leads to the server's own.
            names.add(new ScriptSection.Name(at + CONNECT.length(), at + text.length()));
        }
    }

    @Override
    public void statement(String head, String closing) throws IOException {
        reader.statement(head, closing);
        Matcher about = ABOUT.matcher(head);
        if (database.isEmpty() || !about.matches()) {
            return;
        }
        if (!plain(about.group(1)).equals(database)) {
            throw new IOException("the script's dump of database " + database
                    + " changes another database: no dump program prints that. Nothing was touched");
        }
        names.add(new ScriptSection.Name(at + about.start(1), at + about.end(1)));
        Matcher belongs = OWNER.matcher(head);
        if (belongs.matches()) {
            owner = plain(belongs.group(1));
        }
    }

    private void end() {
        if (!database.isEmpty()) {
            found.put(database, new ScriptSection(database, owner, start, at, names));
        }
        names.clear();
    }

    /** @param identifier as in SQL, one byte a character */
    private static String plain(String identifier) {
        String text = identifier.startsWith("\"")
                ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
                : identifier;
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
