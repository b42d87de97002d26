package dev.foundation.artifact.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.artifact.Gzip;
import dev.foundation.postgres.PostgresAccess;
import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Processes;
import dev.foundation.testing.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class PostgresDumpIT {
    @TempDir
    static Path folder;

    private static PostgresServer server;
    private static PostgresAccess backup;

    private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");

    @BeforeAll
    static void start() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(PostgresServer.available());
        PostgresServer.openTo(folder);
        server = PostgresServer.start(Files.createDirectories(folder.resolve("source")));
        var root = server.root();
        sql(root, "postgres", """
                create role backup login bypassrls password 'backup-password' in role pg_read_all_data;
                alter role backup set lo_compat_privileges = on;
                create role "o'd ""role ü" login password 'it''s' valid until '2030-01-01';
                comment on role "o'd ""role ü" is E'a\\nCREATE ROLE postgres;\\nb';
                create role member in role "o'd ""role ü";
                alter role member set search_path = 'x', 'y z';
                """);
        for (var create : List.of(
                "create database forgejo",
                "create database latin encoding 'LATIN1' locale 'C' template template0 owner member",
                "create database \"we ird'\"\"=x ü\"",
                "create database shut with allow_connections false",
                "alter database postgres set work_mem = '7MB'",
                "comment on database template1 is 'ours'",
                "alter role member in database latin set work_mem = '9MB'",
                "revoke connect on database latin from public",
                "grant connect on database latin to backup")) {
            sql(root, "postgres", create);
        }
        sql(root, "postgres", "create table kept as select 1 as one; insert into kept values (2)");
        sql(root, "latin", """
                set client_encoding = 'UTF8';
                create extension pgcrypto; create extension pg_trgm;
                create table "Täble"(a text, b text generated always as (a || '!') stored);
                insert into "Täble"(a) values ('ä'), (E'line\\nbreak'), (E'\\\\.'), (null);
                create table empty(); insert into empty default values; insert into empty default values;
                create table nothing(a int);
                select lo_from_bytea(0, 'one'), lo_from_bytea(0, repeat('x', 100000)::bytea), lo_create(0);
                """);
        sql(root, "forgejo", """
                create table lfs_meta_object(id bigserial, oid text, size bigint, repository_id bigint);
                insert into lfs_meta_object(oid, size, repository_id) values (repeat('a', 64), 5, 1), (repeat('a', 64), 5, 2);
                create table package_blob(id bigserial, size bigint, hash_sha256 text);
                insert into package_blob(size, hash_sha256) values (7, repeat('b', 64));
                create table "user"(id int); insert into "user" select generate_series(1, 1000);
                alter table "user" enable row level security; alter table "user" force row level security;
                create table parts(k int) partition by list (k);
                create table parts_1 partition of parts for values in (1);
                insert into parts values (1), (1);
                create function f() returns text language sql as $_$ select 'COPY public.x FROM stdin;
                COPY public.x FROM stdin;
                ' $_$;
                create view v as select count(*) from "user";
                create materialized view mv as select * from "user";
                """);
        sql(
                root,
                "we ird'\"=x ü",
                "create schema \"a.b\"; create table \"a.b\".\"c\"(d int); insert into \"a.b\".\"c\" values (1)");
        backup = new PostgresAccess(root.host(), root.port(), "backup", "backup-password");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String sql(PostgresAccess access, String database, String statements) throws Exception {
        return psql(access, database, statements.getBytes(StandardCharsets.UTF_8), "-qAt");
    }

    private static String psql(PostgresAccess access, String database, byte[] script, String... more) throws Exception {
        var args = new ArrayList<>(List.of(BIN.resolve("psql").toString(), "-X", "-v", "ON_ERROR_STOP=1"));
        args.addAll(List.of(more));
        Finished done = Processes.run(Command.of(args)
                .withEnvironment(Map.of(
                        "PGHOST",
                        access.host(),
                        "PGPORT",
                        "" + access.port(),
                        "PGUSER",
                        access.user(),
                        "PGPASSWORD",
                        access.password(),
                        "PGDATABASE",
                        database))
                .withInput(dev.foundation.process.Input.of(script))
                .within(Duration.ofMinutes(1)));
        assertThat(done.exit()).as(done.errors()).isZero();
        return done.text();
    }

    private static byte[] unpacked(byte[] gzip) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
    }

    @Test
    void aRoleWithoutSuperuserDumpsEverythingAndItRestoresIntoAFreshServer() throws Exception {
        var rows = new ArrayList<ForgejoRow>();
        byte[] gzip;
        JsonNode facts;
        Instant before = Instant.now();
        try (var dump =
                new PostgresDump(backup, ClientPrograms.in(BIN), Gzip::new, new ForgejoRows("forgejo", rows::add))) {
            gzip = dump.content().readAllBytes();
            facts = dump.facts();
            assertThat(dump.moment("forgejo").orElseThrow()).isBetween(before.minusSeconds(5), Instant.now());
            assertThat(dump.moment("none")).isEmpty();
        }
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        new ForgejoRow.LfsObject("a".repeat(64), 5), new ForgejoRow.PackageBlob("b".repeat(64), 7));
        assertThat(facts.toString()).doesNotContain("backup-password");
        assertThat(facts.path("databases").properties().iterator().next().getKey())
                .isEqualTo("forgejo");
        assertThat(facts.at("/databases/forgejo/rows").toString())
                .isEqualTo(
                        "{\"public.lfs_meta_object\":2,\"public.package_blob\":1,\"public.parts_1\":2,\"public.user\":1000}");
        assertThat(facts.at("/databases/latin/encoding").asText()).isEqualTo("LATIN1");
        assertThat(facts.at("/databases/latin/largeObjects").asInt()).isEqualTo(3);
        assertThat(facts.at("/databases/latin/rows").path("public.\"Täble\"").asInt())
                .isEqualTo(4);
        assertThat(facts.path("closedDatabases").toString()).isEqualTo("[\"shut\"]");

        byte[] script = unpacked(gzip);
        PostgresScript read = PostgresScript.read(new ByteArrayInputStream(script));
        assertThat(read.differences(facts)).isEmpty();
        assertThat(read.databases()).containsOnlyKeys("forgejo", "latin", "postgres", "template1", "we ird'\"=x ü");

        try (var target = PostgresServer.start(Files.createDirectories(folder.resolve("target")), "postgres")) {
            psql(target.root(), "postgres", script, "-q", "-o", "/dev/null");
            // The bootstrap role's password is the point's now, where the point has one.
            var restored = target.root();
            try (var again = new PostgresDump(restored, ClientPrograms.in(BIN), Gzip::new)) {
                byte[] second = unpacked(again.content().readAllBytes());
                JsonNode after = again.facts();
                for (var name : read.databases().keySet()) {
                    assertThat(after.at("/databases").path(name).path("rows"))
                            .as(name)
                            .isEqualTo(facts.at("/databases").path(name).path("rows"));
                    assertThat(after.at("/databases").path(name).path("largeObjects"))
                            .isEqualTo(facts.at("/databases").path(name).path("largeObjects"));
                }
                assertThat(PostgresScript.read(new ByteArrayInputStream(second)).differences(after))
                        .isEmpty();
            }
            assertThat(sql(restored, "latin", "set client_encoding='UTF8'; select b from \"Täble\" where a = 'ä'"))
                    .isEqualTo("ä!");
            assertThat(sql(restored, "latin", "select sum(length(lo_get(oid))) from pg_largeobject_metadata"))
                    .isEqualTo("100003");
            assertThat(sql(restored, "postgres", """
                    select string_agg(setting, ' ' order by setting) from (select unnest(setconfig) setting from pg_db_role_setting) s
                    """))
                    .contains("work_mem=7MB")
                    .contains("work_mem=9MB")
                    .contains("lo_compat_privileges=on");
            var odd = new PostgresAccess(restored.host(), restored.port(), "o'd \"role ü", "it's");
            assertThat(sql(odd, "postgres", "select current_user")).isEqualTo("o'd \"role ü");
        }
    }

    @Test
    void aRoleThatLacksRightsIsToldAllOfThemBeforeAnythingIsDumped() throws Exception {
        sql(server.root(), "postgres", "create role weak login password 'weak'");
        var weak = new PostgresAccess(backup.host(), backup.port(), "weak", "weak");
        try (var dump = new PostgresDump(weak, ClientPrograms.in(BIN), Gzip::new)) {
            assertThatThrownBy(dump::content)
                    .hasMessageContaining("BYPASSRLS, membership in pg_read_all_data")
                    .hasMessageContaining("lo_compat_privileges")
                    .hasMessageContaining("CONNECT on database latin");
        } finally {
            sql(server.root(), "postgres", "drop role weak");
        }
    }

    @Test
    void anOlderClientIsRefusedByName() throws Exception {
        var real = ClientPrograms.in(BIN);
        var old = new ClientPrograms(real.dump(), real.dumpAll(), "14.9", 14);
        try (var dump = new PostgresDump(backup, old, Gzip::new)) {
            assertThatThrownBy(dump::content)
                    .isInstanceOf(ClientTooOldException.class)
                    .hasMessageContaining("install the client programs of version 15");
        }
    }

    /** A pg_dump that dies on one database, with a part of its output out; some deaths even say 0. */
    private static ClientPrograms dying(String name, String command) throws Exception {
        Path bin = Files.createDirectories(folder.resolve(name));
        Path script = bin.resolve("pg_dump");
        Files.writeString(script, """
                #!/bin/bash
                real=%s/pg_dump
                [ "$PGDATABASE" = latin ] || exec $real "$@"
                %s
                """.formatted(BIN, command));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ClientPrograms(script, BIN.resolve("pg_dumpall"), "15.18", 15);
    }

    @Test
    void aDumperThatDiesAnywhereMakesTheStreamThrow() throws Exception {
        for (var death : Map.of(
                        "zero", "echo no >&2; exit 1",
                        "half", "$real \"$@\" | head -c 2000; kill -9 $$",
                        "full", "$real \"$@\"; exit 1",
                        "cut-with-zero", "$real \"$@\" | head -c 2000; exit 0",
                        "nothing-with-zero", "exit 0")
                .entrySet()) {
            try (var dump = new PostgresDump(backup, dying(death.getKey(), death.getValue()), Gzip::new)) {
                assertThatThrownBy(() -> dump.content().readAllBytes())
                        .as(death.getKey())
                        .isInstanceOf(IOException.class)
                        .hasMessageNotContaining("backup-password");
                assertThatThrownBy(() -> dump.content().readAllBytes())
                        .as("again")
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(dump::facts).isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(sessions()).isZero();
    }

    @Test
    void closingHalfWayEndsTheChildAndTheSession() throws Exception {
        try (var dump = new PostgresDump(backup, ClientPrograms.in(BIN), in -> in)) {
            assertThat(dump.content().readNBytes(5000)).hasSize(5000);
        }
        assertThat(sessions()).isZero();
    }

    private static long sessions() throws Exception {
        for (int i = 0; i < 50; i++) {
            if (sql(server.root(), "postgres", "select count(*) from pg_stat_activity where usename = 'backup'")
                    .equals("0")) {
                return 0;
            }
            Thread.sleep(100);
        }
        return 1;
    }
}
