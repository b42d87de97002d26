package dev.foundation.artifact.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PostgresScriptTest {
    private static final String SCRIPT =
            ScriptMarks.HEADER + """
            --
            -- PostgreSQL database cluster dump
            --
            \\restrict abc
            DO $foundation$BEGIN IF NOT EXISTS (SELECT 1) THEN CREATE ROLE postgres; END IF; END$foundation$;
            ALTER ROLE postgres WITH SUPERUSER PASSWORD 'a;b''c';
            CREATE ROLE "o'd ;";
            \\unrestrict abc
            --
            -- PostgreSQL database cluster dump complete
            --
            """ + ScriptMarks.database("ünï") + """
            -- Name: o'd; Type: X
            SET client_encoding = 'LATIN1';
            CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $_$
            COPY public.no FROM stdin;
            1
            \\.
            -- PostgreSQL database dump complete
            select '$x$' $_$;
            COMMENT ON TABLE t IS E'it''s \\\\'' ;
            COPY public.no2 FROM stdin;';
            CREATE TABLE a$b (c int);
            COPY public.t (a, "b FROM stdin") FROM stdin;
            1\t2
            \\.x\t3
            \\\\.
            \\.

            COPY "S p"."q""t" FROM stdin;
            \\.
            COPY public.blank  FROM stdin;


            \\.
            BEGIN;
            SELECT pg_catalog.lo_open('1', 131072);
            SELECT pg_catalog.lowrite(0, '\\x00');
            COMMIT;
            --
            -- PostgreSQL database dump complete
            --

            \\unrestrict abc
            """ + ScriptMarks.end(1);

    private static PostgresScript read(String script) throws IOException {
        return PostgresScript.read(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void rowsAreCountedAndQuotedTextsAreNotTakenForStatements() throws IOException {
        PostgresScript script = read(SCRIPT);
        assertThat(script.roles()).isEqualTo(2);
        assertThat(script.databases()).containsOnlyKeys("ünï");
        PostgresScript.Database database = script.databases().get("ünï");
        assertThat(database.rows())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("public.t", 3L, "\"S p\".\"q\"\"t\"", 0L, "public.blank", 2L));
        assertThat(database.largeObjects()).isEqualTo(1);
    }

    @Test
    void everyCutIsRefused() {
        // The last byte is the newline of the last line.
        for (int length = 0; length < SCRIPT.length(); length++) {
            String cut = SCRIPT.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as("cut to %d", length).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLostDatabaseAndALostEndOfADumpAreNamed() {
        assertThatThrownBy(() -> read(SCRIPT.replace("databases: 1", "databases: 2")))
                .hasMessageContaining("lost a database");
        String last = "-- PostgreSQL database dump complete";
        int at = SCRIPT.lastIndexOf(last);
        assertThatThrownBy(() -> read(SCRIPT.substring(0, at) + SCRIPT.substring(at + last.length())))
                .hasMessageContaining("database ünï is not complete");
        assertThatThrownBy(() -> read(SCRIPT + "DROP TABLE t;\n")).hasMessageContaining("outside of its parts");
        assertThatThrownBy(() -> read("--\n-- PostgreSQL database dump\n")).hasMessageContaining("does not begin");
    }

    @Test
    void differencesFromTheManifestAreNamed() throws IOException {
        var facts = new JsonMapper().readTree("""
                {"roles":2,"databases":{"ünï":{"largeObjects":1,"rows":{"public.t":3,"\\"S p\\".\\"q\\"\\"t\\"":0,"public.blank":2}}}}
                """);
        assertThat(read(SCRIPT).differences(facts)).isEmpty();
        var other = new JsonMapper().readTree("""
                {"roles":3,"databases":{"ünï":{"largeObjects":1,"rows":{"public.t":4,"public.gone":1}},"lost":{}}}
                """);
        assertThat(read(SCRIPT).differences(other))
                .containsExactly(
                        "roles: the manifest says 3, the script has 2",
                        "database ünï, rows of public.t: the manifest says 4, the script has 3",
                        "database ünï, rows of public.gone: the manifest says 1, the script has nothing",
                        "database lost is in the manifest and not in the script");
    }
}
