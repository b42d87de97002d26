package dev.foundation.artifact.postgres;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.Artifact;
import dev.foundation.postgres.PostgresAccess;
import dev.foundation.process.Command;
import dev.foundation.stream.ProcessSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code postgres.sql.gz}: one psql script that makes all roles and databases on a fresh server whose bootstrap role is {@code postgres}
 * ({@code gunzip | psql -v ON_ERROR_STOP=1 -d postgres}). Each database is of one moment; the databases are of one moment each.
 *
 * <p>The role needs LOGIN, BYPASSRLS, {@code pg_read_all_data}, CONNECT on every database, and {@code lo_compat_privileges = on}, set for it by a
 * superuser. It needs not be one. Without that right Postgres shows no secrets of foreign servers' user mappings, and pg_dump leaves out
 * subscriptions. Tablespaces are left out: they are folders of the lost machine.
 *
 * <p>Facts: {@code server}, {@code client}, {@code roles}, {@code bootstrap}, {@code databases} (by name: {@code encoding}, {@code moment},
 * {@code rows} by table, {@code largeObjects}), {@code closedDatabases}, {@code tablespaces}.
 */
public final class PostgresDump implements Artifact {
    private static final int GLOBALS_LIMIT = 64 * 1024 * 1024;

    private final PostgresAccess access;
    private final Server server;
    private final ClientPrograms programs;
    private final Function<InputStream, InputStream> gzip;
    private final Optional<ForgejoRows> forgejo;
    private final ObjectNode facts = JsonNodeFactory.instance.objectNode();
    private final Map<String, Instant> moments = new ConcurrentHashMap<>();
    private @Nullable InputStream script;
    private @Nullable InputStream content;
    private volatile boolean ended;

    /** @param gzip compresses the script; may make many members */
    public PostgresDump(PostgresAccess access, ClientPrograms programs, Function<InputStream, InputStream> gzip) {
        this(access, programs, gzip, Optional.empty());
    }

    /** Also hands out the rows of Forgejo's cross-check, read in the snapshot of the dump. */
    public PostgresDump(
            PostgresAccess access,
            ClientPrograms programs,
            Function<InputStream, InputStream> gzip,
            ForgejoRows forgejo) {
        this(access, programs, gzip, Optional.of(forgejo));
    }

    private PostgresDump(
            PostgresAccess access,
            ClientPrograms programs,
            Function<InputStream, InputStream> gzip,
            Optional<ForgejoRows> forgejo) {
        this.access = access;
        this.server = new Server(access);
        this.programs = programs;
        this.gzip = gzip;
        this.forgejo = forgejo;
    }

    @Override
    public String name() {
        return "postgres.sql.gz";
    }

    @Override
    public synchronized InputStream content() throws IOException {
        if (content == null) {
            script = script();
            content = gzip.apply(script);
        }
        return content;
    }

    /** The script before compression. */
    private InputStream script() throws IOException {
        Server.Overview seen = server.overview();
        programs.check(seen.version(), seen.major());
        facts.put("server", seen.version());
        facts.put("client", programs.version());
        facts.put("bootstrap", seen.bootstrap());
        facts.put("roles", seen.roles());
        var closed = facts.putArray("closedDatabases");
        seen.closed().forEach(closed::add);
        var spaces = facts.putArray("tablespaces");
        seen.tablespaces().forEach(spaces::add);
        ObjectNode databases = facts.putObject("databases");

        var order = new LinkedHashSet<String>();
        forgejo.map(ForgejoRows::database).filter(seen.databases()::contains).ifPresent(order::add);
        order.addAll(seen.databases());
        var links = new ArrayList<Chain.Link>();
        links.add(() -> text(ScriptMarks.HEADER));
        links.add(() -> globals(seen));
        for (String database : order) {
            links.add(() -> text(ScriptMarks.database(database)));
            links.add(() -> section(database, databases.putObject(database)));
        }
        links.add(() -> text(ScriptMarks.end(order.size())));
        links.add(() -> {
            ended = true;
            return InputStream.nullInputStream();
        });
        return new Chain(links);
    }

    private InputStream globals(Server.Overview seen) throws IOException {
        try (InputStream child = new WholeDump(
                ProcessSource.start(Command.of(List.of(
                                programs.dumpAll().toString(),
                                "--globals-only",
                                "--no-password",
                                "--no-tablespaces",
                                "--lock-wait-timeout=300000",
                                "--database=" + Server.HOME))
                        .withEnvironment(environment())),
                "roles",
                WholeDump.CLUSTER)) {
            byte[] printed = child.readNBytes(GLOBALS_LIMIT);
            if (child.read() >= 0) {
                throw new IOException("pg_dumpall printed more than " + GLOBALS_LIMIT + " bytes of roles");
            }
            String script = Globals.rewrite(
                    new String(printed, StandardCharsets.ISO_8859_1),
                    // As bytes, one a character, as the script is here.
                    List.of(latin(seen.bootstrap()), Server.HOME));
            return new ByteArrayInputStream(script.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private InputStream section(String database, ObjectNode into) throws IOException {
        Snapshot snapshot = Snapshot.take(server, database);
        try {
            into.put("encoding", snapshot.encoding());
            into.put("moment", snapshot.moment().toString());
            moments.put(database, snapshot.moment());
            return DatabaseSection.open(
                    programs,
                    environment(),
                    database,
                    snapshot,
                    forgejo.filter(rows -> rows.database().equals(database)),
                    counts -> {
                        into.put("largeObjects", counts.largeObjects());
                        into.set("rows", new JsonMapper().valueToTree(counts.rows()));
                    });
        } catch (IOException | RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "PGHOST",
                access.host(),
                "PGPORT",
                Integer.toString(access.port()),
                "PGUSER",
                access.user(),
                "PGPASSWORD",
                access.password(),
                "PGCONNECT_TIMEOUT",
                "10",
                "PGAPPNAME",
                "foundation backup",
                "PGOPTIONS",
                "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0",
                "LC_ALL",
                "C");
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * When this database's snapshot was taken, by the server's clock; buckets are read as of then (P5). Known once its part of the script has
     * begun. Empty if the server has no such database. @throws IllegalStateException before the script's end if it is not known yet
     */
    public Optional<Instant> moment(String database) {
        Instant moment = moments.get(database);
        if (moment == null && !ended) {
            throw new IllegalStateException("database " + database + " has not been dumped yet");
        }
        return Optional.ofNullable(moment);
    }

    @Override
    public ObjectNode facts() {
        if (!ended) {
            throw new IllegalStateException("the dump has not been read to its end");
        }
        return facts.deepCopy();
    }

    @Override
    public synchronized void close() throws IOException {
        if (script != null) {
            script.close();
        }
        if (content != null) {
            content.close();
        }
    }
}
