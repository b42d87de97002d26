package dev.foundation.artifact.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GlobalsTest {
    @Test
    void onlyTheBootstrapRoleIsMadeConditionally() throws IOException {
        String script = """
                -- User Config "o'd"
                CREATE ROLE admin;
                ALTER ROLE admin WITH SUPERUSER;
                CREATE ROLE "x
                CREATE ROLE postgres;
                y";
                CREATE ROLE postgres;
                COMMENT ON ROLE admin IS 'it''s
                CREATE ROLE admin;
                ';
                """;
        assertThat(Globals.rewrite(script, List.of("admin", "postgres"))).isEqualTo("""
                -- User Config "o'd"
                DO $foundation$BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'admin') THEN CREATE ROLE "admin"; END IF; END$foundation$;
                ALTER ROLE admin WITH SUPERUSER;
                CREATE ROLE "x
                CREATE ROLE postgres;
                y";
                DO $foundation$BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'postgres') THEN CREATE ROLE "postgres"; END IF; END$foundation$;
                COMMENT ON ROLE admin IS 'it''s
                CREATE ROLE admin;
                ';
                """);
    }

    @Test
    void anOpenQuoteIsRefused() {
        assertThatThrownBy(() -> Globals.rewrite("COMMENT ON ROLE x IS 'y;\n", List.of()))
                .hasMessageContaining("never closes");
    }
}
