package dev.foundation.artifact.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.Gzip;
import dev.foundation.artifact.PlainSource;
import dev.foundation.artifact.RestoreMark;
import dev.foundation.docker.LocalExec;
import dev.foundation.postgres.PostgresAccess;
import dev.foundation.testing.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class PostgresRestorerIT {
    private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");
    private static final RestoreMark MARK = new RestoreMark("6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa", "20261121T030000Z");

    @TempDir
    static Path folder;

    @TempDir
    Path targetFolder;

    private static PostgresServer source;
    private static byte[] dump;
    private static JsonNode facts;
    private PostgresServer target;
    private Psql psql;

    @BeforeAll
    static void dump() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(PostgresServer.available());
        PostgresServer.openTo(folder);
        source = PostgresServer.start(Files.createDirectories(folder.resolve("source")));
        Psql at = psql(source.root());
        at.tell("test", "postgres", """
                create role forgejo login password 'forgejo-password';
                create role "o'd ""role" in role forgejo;
                create database forgejo owner forgejo;
                create database "we ird'=x";
                create table kept as select 1 as one;
                grant connect on database postgres to "o'd ""role";
                """);
        at.tell("test", "forgejo", """
                create table "user" as select i, repeat('x', 200) as text from generate_series(1, 20000) i;
                select lo_from_bytea(0, 'one');
                """);
        try (var made = new PostgresDump(source.root(), ClientPrograms.in(BIN), Gzip::new)) {
            dump = made.content().readAllBytes();
            facts = made.facts();
        }
    }

    @AfterAll
    static void stopSource() {
        if (source != null) {
            source.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        PostgresServer.openTo(targetFolder);
        target = PostgresServer.start(Files.createDirectories(targetFolder.resolve("target")), "postgres");
        psql = psql(target.root());
    }

    @AfterEach
    void stop() {
        if (target != null) {
            target.close();
        }
    }

    @Test
    void aRestoreThatWasStoppedIsDoneAgainAndAFinishedOneIsLeftAlone() throws Exception {
        // Whole when it is checked, broken when it is played: as if the process was killed in the middle of a table.
        var opened = new AtomicInteger();
        PlainSource breaks = () -> opened.incrementAndGet() == 2
                ? new Breaking(new ByteArrayInputStream(dump), dump.length / 2)
                : new ByteArrayInputStream(dump);
        assertThatThrownBy(() -> restorer().restore(MARK, breaks, facts)).hasMessageContaining("the disk is gone");
        assertThat(psql.ask("postgres", "select count(*) from pg_database where datname = 'forgejo'"))
                .containsExactly("1");

        var restored = restorer().restore(MARK, () -> new ByteArrayInputStream(dump), facts);
        assertThat(restored.databases()).isEqualTo(4);
        assertThat(restored.bytes()).isEqualTo(unpacked().length);
        assertThat(psql.ask("forgejo", "select count(*) || ' ' || min(length(text)) from \"user\""))
                .containsExactly("20000 200");
        try (var again = new PostgresDump(target.root(), ClientPrograms.in(BIN), Gzip::new)) {
            again.content().readAllBytes();
            for (String database : List.of("forgejo", "postgres", "template1", "we ird'=x")) {
                assertThat(again.facts().at("/databases").path(database).path("rows"))
                        .as(database)
                        .isEqualTo(facts.at("/databases").path(database).path("rows"));
            }
        }

        PlainSource never = () -> {
            throw new IOException("must not be read");
        };
        assertThat(restorer().restore(MARK, never, facts).bytes()).isZero();
        var other = new RestoreMark(MARK.instance(), "20261122T030000Z");
        assertThatThrownBy(() -> restorer().restore(other, never, facts))
                .hasMessageContaining("20261121T030000Z")
                .hasMessageContaining("nothing was touched");
        // The mark never travels: a later dump of this very cluster has none.
        try (var later = new PostgresDump(target.root(), ClientPrograms.in(BIN), Gzip::new)) {
            byte[] script =
                    new GZIPInputStream(new ByteArrayInputStream(later.content().readAllBytes())).readAllBytes();
            assertThat(new String(script, StandardCharsets.ISO_8859_1)).doesNotContain("foundation restore");
        }
    }

    @Test
    void aClusterThatIsNotEmptyIsRefused() throws Exception {
        psql.tell("test", "postgres", "create table mine(a int)");
        assertThatThrownBy(() -> restorer().restore(MARK, () -> new ByteArrayInputStream(dump), facts))
                .hasMessageContaining("database postgres has public.mine")
                .hasMessageContaining("nothing was touched");
        psql.tell("test", "postgres", "drop table mine; create role someone");
        assertThatThrownBy(() -> restorer().restore(MARK, () -> new ByteArrayInputStream(dump), facts))
                .hasMessageContaining("role someone");
        psql.tell("test", "postgres", "drop role someone; create database theirs");
        assertThatThrownBy(() -> restorer().restore(MARK, () -> new ByteArrayInputStream(dump), facts))
                .hasMessageContaining("database theirs");
    }

    @Test
    void whatIsDamagedNewerOrAProgramLeavesTheClusterAsItIs() throws Exception {
        ObjectNode newer = facts.deepCopy();
        newer.put("server", "99.1 (Debian 99.1-1)");
        assertThatThrownBy(() -> restorer().restore(MARK, () -> new ByteArrayInputStream(dump), newer))
                .hasMessageContaining("Postgres 99.1")
                .hasMessageContaining("older server");
        assertThatThrownBy(() ->
                        restorer().restore(MARK, () -> new ByteArrayInputStream(dump, 0, dump.length - 9000), facts))
                .isInstanceOf(IOException.class);
        for (String attack : List.of(
                "\\! touch /tmp/x",
                "\\connect `id`",
                "select 1 \\g /tmp/x",
                "select 1 /* ' */ \\o /tmp/x",
                "SET standard_conforming_strings = off;")) {
            byte[] changed = packed(new String(unpacked(), StandardCharsets.ISO_8859_1)
                    .replace("\n" + WholeDump.CLUSTER, "\n" + attack + "\n" + WholeDump.CLUSTER)
                    .getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> restorer().restore(MARK, () -> new ByteArrayInputStream(changed), facts))
                    .as(attack)
                    .hasMessageContaining("the script");
        }
        assertThat(psql.ask("postgres", "select datname from pg_database order by 1"))
                .containsExactly("postgres", "template0", "template1");
        assertThat(psql.ask(
                        "postgres", "select count(*) from pg_shdescription where classoid = 'pg_tablespace'::regclass"))
                .containsExactly("0");
    }

    private PostgresRestorer restorer() {
        return new PostgresRestorer(psql, event -> {});
    }

    private static Psql psql(PostgresAccess access) {
        return new Psql(
                new LocalExec(Map.of(
                        "PGHOST", access.host(),
                        "PGPORT", Integer.toString(access.port()),
                        "PGUSER", access.user(),
                        "PGPASSWORD", access.password())),
                List.of(BIN.resolve("psql").toString()));
    }

    private static byte[] unpacked() throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(dump)).readAllBytes();
    }

    private static byte[] packed(byte[] script) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(script);
        }
        return out.toByteArray();
    }

    private static final class Breaking extends FilterInputStream {
        private long left;

        Breaking(InputStream source, long good) {
            super(source);
            left = good;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new IOException("the disk is gone");
            }
            int read = in.read(buffer, offset, (int) Math.min(length, left));
            left -= read;
            return read;
        }
    }
}
