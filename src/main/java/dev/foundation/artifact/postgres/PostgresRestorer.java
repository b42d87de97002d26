package dev.foundation.artifact.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.artifact.PlainSource;
import dev.foundation.artifact.RestoreMark;
import dev.foundation.event.RunEvent;
import dev.foundation.stream.GunzipReader;
import dev.foundation.stream.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings {@code postgres.sql.gz} into a cluster that is empty (P4): roles, then every database. The whole script is read and held against the manifest
 * before the first statement runs. Its mark is the comment of the tablespace {@code pg_global}: every cluster has it, a transaction writes it, and no dump
 * takes it along, so it never comes back with a later point.
 */
public final class PostgresRestorer {
    private static final String HOME = Server.HOME;
    private static final String STEP = "postgres.sql.gz";
    private static final Pattern MAJOR = Pattern.compile("(\\d+).*", Pattern.DOTALL);

    private final Psql psql;
    private final Consumer<RunEvent> events;

    public PostgresRestorer(Psql psql, Consumer<RunEvent> events) {
        this.psql = psql;
        this.events = events;
    }

    /**
     * @param databases that the script has
     * @param bytes of the script, not compressed; 0 if it was restored before
     */
    public record Restored(int databases, long bytes) {}

    /**
     * @param facts the manifest's, of this artifact
     * @throws IOException before anything is changed, if the cluster is older, is not empty, or the script is not whole or holds what no dump has
     */
    public Restored restore(RestoreMark mark, PlainSource artifact, JsonNode facts)
            throws IOException, InterruptedException {
        refuseOlder(facts);
        int databases = facts.path("databases").size();
        String place = "the Postgres cluster";
        RestoreMark.Found found = mark.read(
                psql
                        .ask(
                                HOME,
                                "select shobj_description(oid, 'pg_tablespace') from pg_tablespace where spcname = 'pg_global'"
                                        + " and shobj_description(oid, 'pg_tablespace') is not null")
                        .stream()
                        .findFirst(),
                place);
        if (found == RestoreMark.Found.FINISHED) {
            events.accept(new RunEvent.Noted("Postgres was restored from this point already"));
            return new Restored(databases, 0);
        }
        if (found == RestoreMark.Found.NOTHING) {
            Optional<String> first = firstForeign();
            if (first.isPresent()) {
                throw RestoreMark.occupied(place, first.get());
            }
        }
        check(artifact, facts);
        write(mark.begun());
        clear();
        long bytes = play(artifact);
        write(mark.finished());
        return new Restored(databases, bytes);
    }

    void refuseOlder(JsonNode facts) throws IOException, InterruptedException {
        String source = facts.path("server").asText();
        String here = String.join("", psql.ask(HOME, "show server_version"));
        if (major(here) < major(source)) {
            throw new IOException("the dump is of Postgres " + source + ", and this server is " + here
                    + ": a dump does not go into an older server (P7). Use an image of version " + major(source)
                    + " or later; nothing was touched");
        }
    }

    private static int major(String version) throws IOException {
        Matcher found = MAJOR.matcher(version);
        if (!found.matches()) {
            throw new IOException("\"" + version + "\" is no version of Postgres");
        }
        return Integer.parseInt(found.group(1));
    }

    /** What a cluster that initdb has just made does not have. */
    private Optional<String> firstForeign() throws IOException, InterruptedException {
        var foreign = psql.ask(HOME, """
                select 'database ' || datname from pg_database d where datname not in ('template0', 'template1', 'postgres')
                  and datname <> (select rolname from pg_roles where oid = 10)
                union all
                select 'role ' || rolname from pg_roles where oid <> 10 and rolname !~ '^pg_'
                order by 1 limit 1
                """);
        if (!foreign.isEmpty()) {
            return Optional.of(foreign.getFirst());
        }
        // The image makes a database for its superuser; like the other two it must be as it was made.
        for (String database : psql.ask(HOME, "select datname from pg_database where datallowconn order by datname")) {
            var relations = psql.ask(
                    conninfo(database),
                    "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                            + " where c.oid >= 16384 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' limit 1");
            if (!relations.isEmpty()) {
                return Optional.of("database " + database + " has " + relations.getFirst());
            }
        }
        return Optional.empty();
    }

    /** A name with an equals sign would be read as connection settings. */
    static String conninfo(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private void check(PlainSource artifact, JsonNode facts) throws IOException, InterruptedException {
        check(artifact, facts, reader -> reader);
    }

    /** Reads all of it. @param beside as in {@link PostgresScript#read} */
    void check(PlainSource artifact, JsonNode facts, UnaryOperator<ScriptLexer.Listener> beside)
            throws IOException, InterruptedException {
        events.accept(new RunEvent.Began("check " + STEP));
        try (var plain = artifact.open();
                var script = new GunzipReader(plain)) {
            List<String> differences = PostgresScript.read(script, beside).differences(facts);
            // What the gzip reader has not asked for still has to be as sealed.
            plain.transferTo(java.io.OutputStream.nullOutputStream());
            if (!differences.isEmpty()) {
                throw new IOException("postgres.sql.gz is not what its manifest says, so nothing was restored: "
                        + String.join("; ", differences.subList(0, Math.min(3, differences.size()))));
            }
        }
    }

    private void write(String mark) throws IOException, InterruptedException {
        psql.tell("write the restore's mark", HOME, "comment on tablespace pg_global is '" + mark + "'");
    }

    /** Everything that is not the cluster's own, and its own databases anew: what a run that was stopped has left. */
    private void clear() throws IOException, InterruptedException {
        String drop =
                "select format('alter database %1$I is_template false', datname), format('drop database %1$I with (force)', datname)"
                        + " from pg_database where datname not in (%s) order by datname \\gexec\n";
        psql.tell(
                "empty the cluster",
                "template1",
                drop.replace("%s)", "'template0', 'template1')") + "create database postgres template template0;\n");
        psql.tell(
                "empty the cluster",
                HOME,
                drop.replace("%s)", "'template0', 'postgres')")
                        + "create database template1 template template0 is_template true;\n"
                        + "select format('drop role %I', rolname) from pg_roles where oid <> 10 and rolname !~ '^pg_' \\gexec\n");
    }

    private long play(PlainSource artifact) throws IOException, InterruptedException {
        long[] bytes = {0};
        events.accept(new RunEvent.Began(STEP));
        psql.play("restore " + STEP, HOME, sink -> {
            try (var plain = opened(artifact);
                    var script = new Meter(
                            new GunzipReader(plain), Duration.ofSeconds(1), System::nanoTime, (total, perSecond, _) -> {
                                bytes[0] = total;
                                events.accept(new RunEvent.Advanced(STEP, total, 0, perSecond));
                            })) {
                script.transferTo(sink);
                plain.transferTo(java.io.OutputStream.nullOutputStream());
            }
        });
        return bytes[0];
    }

    static InputStream opened(PlainSource artifact) throws IOException {
        try {
            return artifact.open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while opening " + STEP);
        }
    }
}
