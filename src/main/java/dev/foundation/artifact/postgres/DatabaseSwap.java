package dev.foundation.artifact.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.artifact.PlainSource;
import dev.foundation.event.RunEvent;
import dev.foundation.postgres.Sql;
import dev.foundation.stream.GunzipReader;
import dev.foundation.stream.Meter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Puts databases of a point in the place of those of a cluster that is in use: each is loaded beside the one that is there, and only when that has worked do
 * the two change names. Roles are left as they are, and nothing is dropped but what was loaded in vain.
 */
public final class DatabaseSwap {
    /** The server's own: no service keeps anything in them, and they cannot change names. */
    private static final List<String> OWN = List.of(Server.HOME, "template0", "template1");

    /** What an earlier restore has kept is in a point, too; it is brought back only where it is asked for. */
    private static final Pattern KEPT = Pattern.compile(".*_(before|after)_\\d{8}t\\d{6}z", Pattern.DOTALL);

    private static final int LONGEST = 63;

    private final Psql psql;
    private final Consumer<RunEvent> events;
    private final PostgresRestorer restorer;
    private SortedMap<String, ScriptSection> sections = new TreeMap<>();

    public DatabaseSwap(Psql psql, Consumer<RunEvent> events) {
        this.psql = psql;
        this.events = events;
        this.restorer = new PostgresRestorer(psql, events);
    }

    /**
     * The databases that would be replaced.
     *
     * @param facts the manifest's, of this artifact
     * @param asked empty for all but the server's own, and what earlier restores have kept
     * @throws IOException if the point has none of that name, or the server is older than the point's
     */
    public List<String> databases(JsonNode facts, Optional<String> asked) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        facts.path("databases").fieldNames().forEachRemaining(all::add);
        restorer.refuseOlder(facts);
        if (asked.isEmpty()) {
            all.removeAll(OWN);
            all.removeIf(KEPT.asMatchPredicate());
            return List.copyOf(all);
        }
        if (OWN.contains(asked.get())) {
            throw new IOException("database " + asked.get()
                    + " is the server's own, and is not replaced while it runs. Nothing was touched");
        }
        if (!all.contains(asked.get())) {
            all.removeAll(OWN);
            throw new IOException("the point has no database " + asked.get() + "; it has "
                    + (all.isEmpty() ? "none of a service" : String.join(", ", all)) + ". Nothing was touched");
        }
        return List.of(asked.get());
    }

    /** In bytes; empty if there is no such database. */
    public Optional<Long> size(String database) throws IOException, InterruptedException {
        return psql
                .ask(Server.HOME, "select pg_database_size(oid) from pg_database where datname = " + Sql.text(database))
                .stream()
                .findFirst()
                .map(Long::valueOf);
    }

    /**
     * Reads the whole script and holds it against the manifest.
     *
     * @throws IOException if it is not whole, or an owner of these databases is no role of this server
     */
    public void prove(PlainSource artifact, JsonNode facts, List<String> databases)
            throws IOException, InterruptedException {
        var seen = new ArrayList<ScriptSections>();
        restorer.check(artifact, facts, reader -> {
            var each = new ScriptSections(reader);
            seen.add(each);
            return each;
        });
        sections = seen.getFirst().found();
        for (String each : databases) {
            String owner = section(each).owner();
            if (!owner.isEmpty()
                    && psql.ask(Server.HOME, "select 1 from pg_roles where rolname = " + Sql.text(owner))
                            .isEmpty()) {
                throw new IOException("the owner of the point's database " + each + " is the role " + owner
                        + ", which this server does not have: `./foundation up` makes the foundation's own, CREATE ROLE"
                        + " any other. Nothing was touched");
            }
        }
    }

    /**
     * Makes a database of its own of what the point has of another.
     *
     * @param beside its name, of letters, digits and underscores; taken by nobody
     */
    public void load(PlainSource artifact, String database, String beside) throws IOException, InterruptedException {
        ScriptSection section = section(database);
        String step = "database " + database;
        events.accept(new RunEvent.Began(step));
        long begun = System.nanoTime();
        psql.play("load database " + database + " beside the one that is there", Server.HOME, sink -> {
            try (var plain = PostgresRestorer.opened(artifact);
                    var script = new Meter(
                            new GunzipReader(plain),
                            Duration.ofSeconds(1),
                            System::nanoTime,
                            (total, perSecond, _) ->
                                    events.accept(new RunEvent.Advanced(step, total, section.end(), perSecond)))) {
                sink.write("\\set ON_ERROR_STOP on\n".getBytes(StandardCharsets.US_ASCII));
                section.copy(script, sink, beside);
                script.transferTo(OutputStream.nullOutputStream());
                plain.transferTo(OutputStream.nullOutputStream());
            }
        });
        events.accept(
                new RunEvent.Finished(step, section.end() - section.start(), (System.nanoTime() - begun) / 1_000_000));
    }

    /** What was loaded in vain goes. */
    public void drop(String beside) throws IOException, InterruptedException {
        psql.tell("drop what was loaded", Server.HOME, "drop database if exists " + Sql.name(beside) + " with (force)");
    }

    /**
     * The one that is there gets the name {@code kept}, and {@code next} gets its own: both or neither. Whoever is connected to them is cut off.
     *
     * @param next empty if nothing is to take the place
     * @param kept empty if nothing is there
     */
    public void exchange(String database, String next, String kept) throws IOException, InterruptedException {
        Map<String, String> renamed = new LinkedHashMap<>();
        if (!kept.isEmpty()) {
            renamed.put(database, kept);
        }
        if (!next.isEmpty()) {
            renamed.put(next, database);
        }
        var close = new StringBuilder();
        var rename = new StringBuilder("begin;\n");
        var open = new StringBuilder();
        renamed.forEach((from, to) -> {
            close.append("alter database " + Sql.name(from) + " allow_connections false;\n")
                    .append("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = "
                            + Sql.text(from) + ";\n");
            rename.append("alter database " + Sql.name(from) + " rename to " + Sql.name(to) + ";\n")
                    .append("alter database " + Sql.name(to) + " allow_connections true;\n");
            open.append("alter database " + Sql.name(from) + " allow_connections true;\n");
        });
        rename.append("commit;\n");
        boolean done = false;
        try {
            psql.tell(
                    "change the names of databases",
                    Server.HOME,
                    close.append(rename).toString());
            done = true;
        } finally {
            if (!done) {
                psql.tell("let connections in again", Server.HOME, open.toString());
            }
        }
    }

    /** What a database is called once another has its name. @param ending such as {@code _before_20261121T030000Z} */
    public static String aside(String database, String ending) {
        String name = database;
        while (name.getBytes(StandardCharsets.UTF_8).length + ending.length() > LONGEST) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        return name + ending;
    }

    private ScriptSection section(String database) {
        ScriptSection section = sections.get(database);
        if (section == null) {
            throw new IllegalStateException("database " + database + " was not proved");
        }
        return section;
    }
}
