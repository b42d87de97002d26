package dev.foundation.artifact.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a psql script of {@link PostgresDump} holds, found by reading all of it; proof that it is whole.
 *
 * @param roles that it makes, the bootstrap role among them
 * @param databases by name
 */
public record PostgresScript(int roles, SortedMap<String, Database> databases) {
    public PostgresScript {
        databases = Collections.unmodifiableSortedMap(new TreeMap<>(databases));
    }

    /** What one database holds: rows by table ({@code schema.table}, with quotes where needed), and large objects. */
    public record Database(SortedMap<String, Long> rows, long largeObjects) {
        public Database {
            rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        }
    }

    /**
     * Reads a decompressed script to its end.
     *
     * @throws IOException if it is cut, has lost a part, or is no such script
     */
    public static PostgresScript read(InputStream script) throws IOException {
        return read(script, reader -> reader);
    }

    /** @param beside gives what listens, and passes everything on to the listener that it gets */
    static PostgresScript read(InputStream script, UnaryOperator<ScriptLexer.Listener> beside) throws IOException {
        var reader = new Reader();
        new ScriptLexer(script, beside.apply(reader)).read();
        return reader.result();
    }

    /** What differs from a manifest's facts ({@link PostgresDump}), in words; empty if nothing does. */
    public List<String> differences(JsonNode facts) {
        var found = new ArrayList<String>();
        differ(found, "roles", facts.path("roles").asLong(-1), roles);
        JsonNode expected = facts.path("databases");
        for (String name : databases.keySet()) {
            if (!expected.has(name)) {
                found.add("database " + name + " is in the script and not in the manifest");
            }
        }
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            Database database = databases.get(entry.getKey());
            String where = "database " + entry.getKey();
            if (database == null) {
                found.add(where + " is in the manifest and not in the script");
                continue;
            }
            differ(
                    found,
                    where + ", large objects",
                    entry.getValue().path("largeObjects").asLong(-1),
                    database.largeObjects());
            JsonNode rows = entry.getValue().path("rows");
            rows.properties()
                    .forEach(table -> differ(
                            found,
                            where + ", rows of " + table.getKey(),
                            table.getValue().asLong(),
                            database.rows().getOrDefault(table.getKey(), -1L)));
        }
        return List.copyOf(found);
    }

    private static void differ(List<String> found, String what, long expected, long seen) {
        if (expected != seen) {
            found.add(what + ": the manifest says " + number(expected) + ", the script has " + number(seen));
        }
    }

    private static String number(long count) {
        return count < 0 ? "nothing" : Long.toString(count);
    }

    /** What a line that begins a database's part names. @param json one byte a character */
    static String name(String json) throws IOException {
        try {
            return new JsonMapper()
                    .readValue(
                            new String(json.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8),
                            String.class);
        } catch (JsonProcessingException e) {
            throw new IOException("a line of the script that should name a database is damaged", e);
        }
    }

    private static final class Reader implements ScriptLexer.Listener {
        private final SortedMap<String, Database> databases = new TreeMap<>();
        private SortedMap<String, Long> rows = new TreeMap<>();
        private String database = "";
        private String table = "";
        private Charset charset = StandardCharsets.UTF_8;
        private boolean begun;
        private boolean globals;
        private boolean complete;
        private boolean ended;
        private int roles;
        private long largeObjects;

        @Override
        public void line(String text) throws IOException {
            if (text.startsWith("\\")) {
                MetaCommands.check(text);
            }
            if (!begun) {
                if (!text.equals(ScriptMarks.BEGIN)) {
                    throw new IOException("this is no Postgres script of a backup: it does not begin with \""
                            + ScriptMarks.BEGIN + "\"");
                }
                begun = true;
            } else if (ended) {
                throw new IOException("the script goes on after its end");
            } else if (text.equals(WholeDump.CLUSTER)) {
                globals = true;
            } else if (text.equals(WholeDump.DATABASE)) {
                complete = true;
            } else if (text.startsWith(ScriptMarks.DATABASE)) {
                endOfDatabase();
                database = name(text.substring(ScriptMarks.DATABASE.length()));
            } else if (text.startsWith(ScriptMarks.END)) {
                endOfDatabase();
                if (!text.equals(ScriptMarks.END + databases.size())) {
                    throw new IOException("the script has lost a database: it holds " + databases.size()
                            + ", and its last line says \"" + text + "\"");
                }
                ended = true;
            }
        }

        private void endOfDatabase() throws IOException {
            if (!globals) {
                throw new IOException("the script's roles are not complete");
            }
            if (!database.isEmpty()) {
                if (!complete) {
                    throw new IOException("the script's dump of database " + database + " is not complete");
                }
                databases.put(database, new Database(rows, largeObjects));
            }
            database = "";
            complete = false;
            largeObjects = 0;
            rows = new TreeMap<>();
        }

        @Override
        public void statement(String head, String closing) throws IOException {
            if (!begun || ended) {
                throw new IOException("the script has a statement outside of its parts");
            }
            if (head.startsWith("SET standard_conforming_strings") && !head.endsWith("= on")) {
                throw new IOException("the script changes how its own texts are read (standard_conforming_strings):"
                        + " it is not what a dump program prints today");
            }
            if (database.isEmpty()) {
                roles += head.startsWith("CREATE ROLE ") || head.startsWith("DO ") ? 1 : 0;
            } else if (head.startsWith("COPY ")) {
                int end = endOfName(head);
                table = TableName.ofSql(
                        new String(head.substring(5, end).getBytes(StandardCharsets.ISO_8859_1), charset));
            } else if (head.startsWith("SELECT pg_catalog.lo_open(")) {
                largeObjects++;
            } else if (head.startsWith("SET client_encoding = '")) {
                charset = charset(head.substring(head.indexOf('\'') + 1, head.lastIndexOf('\'')));
            }
        }

        /** The first space outside of double quotes after {@code COPY }. */
        private static int endOfName(String head) {
            boolean quoted = false;
            for (int i = 5; i < head.length(); i++) {
                quoted ^= head.charAt(i) == '"';
                if (!quoted && head.charAt(i) == ' ') {
                    return i;
                }
            }
            return head.length();
        }

        /** By Postgres's names; where Java has none by that name, names of tables are read byte by byte. */
        private static Charset charset(String postgres) {
            String name = postgres.toUpperCase(Locale.ROOT);
            String java = switch (name) {
                case "UTF8" -> "UTF-8";
                case "LATIN9" -> "ISO-8859-15";
                case "LATIN5" -> "ISO-8859-9";
                case "KOI8R" -> "KOI8-R";
                case "KOI8U" -> "KOI8-U";
                case "EUC_JP", "EUC_KR" -> name.replace('_', '-');
                default ->
                    name.startsWith("WIN")
                            ? "windows-" + name.substring(3)
                            : name.startsWith("LATIN") ? "ISO-8859-" + name.substring(5) : name.replace('_', '-');
            };
            return Charset.isSupported(java) ? Charset.forName(java) : StandardCharsets.ISO_8859_1;
        }

        @Override
        public void rows(long count) {
            rows.merge(table, count, Long::sum);
        }

        private PostgresScript result() throws IOException {
            if (!ended) {
                throw new IOException("the script is cut: its last line is missing"
                        + (database.isEmpty() ? "" : ", and it ends in database " + database));
            }
            return new PostgresScript(roles, databases);
        }
    }
}
