package dev.foundation.artifact.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.Gzip;
import dev.foundation.artifact.PlainSource;
import dev.foundation.docker.LocalExec;
import dev.foundation.testing.PostgresServer;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over a real Postgres that goes on with its other databases. */
@Timeout(300)
final class DatabaseSwapIT {
    private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");
    private static final String ODD = "we ird'=\"x";

    @TempDir
    Path folder;

    private PostgresServer server;
    private Psql psql;
    private DatabaseSwap swap;
    private byte[] dump;
    private JsonNode facts;

    @BeforeEach
    void takeADump() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(PostgresServer.available());
        PostgresServer.openTo(folder);
        server = PostgresServer.start(Files.createDirectories(folder.resolve("server")), "postgres");
        psql = new Psql(
                new LocalExec(Map.of(
                        "PGHOST", server.root().host(),
                        "PGPORT", Integer.toString(server.root().port()),
                        "PGUSER", server.root().user(),
                        "PGPASSWORD", server.root().password())),
                List.of(BIN.resolve("psql").toString()));
        psql.tell("test", "postgres", """
                create role forgejo login; create role "o'd ""owner"; create role reader;
                create database forgejo owner forgejo;
                create database "we ird'=""x" owner "o'd ""owner";
                """);
        psql.tell("test", "forgejo", """
                alter database forgejo set work_mem = '5MB';
                alter role forgejo in database forgejo set work_mem = '6MB';
                comment on database forgejo is 'ALTER DATABASE forgejo RENAME TO x;';
                grant create on database forgejo to reader;
                revoke connect on database forgejo from public;
                create table t as select 'as of the point' as word;
                create table text as select 'ALTER DATABASE forgejo OWNER TO postgres;' as a;
                """);
        psql.tell("test", PostgresRestorer.conninfo(ODD), "create table odd as select 1 as one");
        try (var made = new PostgresDump(server.root(), ClientPrograms.in(BIN), Gzip::new)) {
            dump = made.content().readAllBytes();
            facts = made.facts();
        }
        psql.tell("test", "forgejo", "update t set word = 'since'; create table later(a int)");
        swap = new DatabaseSwap(psql, event -> {});
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private PlainSource whole() {
        return () -> new ByteArrayInputStream(dump);
    }

    private List<String> names() throws Exception {
        return psql.ask("postgres", "select datname from pg_database where datname !~ '^template' order by 1");
    }

    @Test
    void aDatabaseIsAsOfThePointAndTheOneThatWasThereHasAnotherName() throws Exception {
        assertThat(swap.databases(facts, Optional.empty())).containsExactlyInAnyOrder("forgejo", ODD);
        ObjectNode more = facts.deepCopy();
        more.withObject("/databases").putObject(DatabaseSwap.aside("forgejo", "_before_20261121t091500z"));
        assertThat(swap.databases(more, Optional.empty())).containsExactlyInAnyOrder("forgejo", ODD);
        for (String each : List.of("forgejo", ODD)) {
            swap.prove(whole(), facts, List.of(each));
            swap.load(whole(), each, "beside_1");
            assertThat(psql.ask("forgejo", "select word from t"))
                    .containsExactly(each.equals("forgejo") ? "since" : "as of the point");
            swap.exchange(each, "beside_1", DatabaseSwap.aside(each, "_before_1"));
        }

        assertThat(names())
                .containsExactlyInAnyOrder("forgejo", "forgejo_before_1", "postgres", ODD, ODD + "_before_1");
        assertThat(psql.ask("forgejo", "select word || ' ' || current_setting('work_mem') from t"))
                .containsExactly("as of the point 5MB");
        assertThat(psql.ask("forgejo", "select to_regclass('later') is null")).containsExactly("t");
        assertThat(psql.ask("forgejo", "select a from text"))
                .containsExactly("ALTER DATABASE forgejo OWNER TO postgres;");
        String about =
                "select pg_get_userbyid(datdba) || ' ' || (select string_agg(a::text, ',' order by a::text) from unnest(datacl) a) || ' ' || shobj_description(oid, 'pg_database')"
                        + " || ' ' || (select string_agg(setconfig::text, ',' order by setrole) from pg_db_role_setting where setdatabase = d.oid)"
                        + " from pg_database d where datname = '";
        assertThat(psql.ask("postgres", about + "forgejo'"))
                .isEqualTo(psql.ask("postgres", about + "forgejo_before_1'"))
                .first()
                .asString()
                .contains("reader=C", "RENAME", "5MB", "6MB");
        assertThat(psql.ask(PostgresRestorer.conninfo(ODD), "select one from odd"))
                .containsExactly("1");

        swap.exchange("forgejo", "forgejo_before_1", "forgejo_after_1");
        assertThat(psql.ask("forgejo", "select word from t")).containsExactly("since");
        assertThat(psql.ask("forgejo_after_1", "select word from t")).containsExactly("as of the point");
    }

    @Test
    void whateverFailsLeavesTheDatabaseAsItWas() throws Exception {
        assertThatThrownBy(() -> swap.databases(facts, Optional.of("nobody")))
                .hasMessageContaining("the point has no database nobody")
                .hasMessageContaining("forgejo");
        assertThatThrownBy(() -> swap.databases(facts, Optional.of("postgres"))).hasMessageContaining("server's own");
        assertThatThrownBy(() -> swap.prove(
                        () -> new ByteArrayInputStream(dump, 0, dump.length - 3000), facts, List.of("forgejo")))
                .isInstanceOf(java.io.IOException.class);

        swap.prove(whole(), facts, List.of("forgejo"));
        swap.load(whole(), "forgejo", "beside_1");
        // Somebody took the name meanwhile: neither database has another name, and both let connections in.
        psql.tell("test", "postgres", "create database forgejo_before_1");
        assertThatThrownBy(() -> swap.exchange("forgejo", "beside_1", "forgejo_before_1"))
                .hasMessageContaining("42P04");
        assertThat(psql.ask("forgejo", "select word from t")).containsExactly("since");
        assertThat(psql.ask("beside_1", "select word from t")).containsExactly("as of the point");
        swap.drop("beside_1");
        assertThat(names()).doesNotContain("beside_1");

        psql.tell("test", "postgres", "drop database \"we ird'=\"\"x\"; drop role \"o'd \"\"owner\"");
        assertThatThrownBy(() -> swap.prove(whole(), facts, List.of(ODD)))
                .hasMessageContaining("role o'd \"owner")
                .hasMessageContaining("Nothing was touched");
    }
}
