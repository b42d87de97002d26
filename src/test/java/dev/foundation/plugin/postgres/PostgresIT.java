package dev.foundation.plugin.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.testing.PostgresServer;
import dev.foundation.testing.RecordingRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class PostgresIT {
    private static final String PASSWORD = "it's-a\\\"pass$word$";
    private final RecordingRun run = new RecordingRun();
    private final PostgresRole roles = new PostgresRole();
    private final PostgresDatabase databases = new PostgresDatabase();
    private PostgresServer server;

    @BeforeAll
    void startServer(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(PostgresServer.available(), "Postgres is not installed here");
        server = PostgresServer.start(folder);
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    private PostgresRole.Inputs role(String name, String password) {
        var root = server.root();
        return new PostgresRole.Inputs(
                root.host(), root.port(), root.user(), root.password(), name, password, Optional.empty());
    }

    private PostgresDatabase.Inputs database(String name, String owner, boolean force) {
        var root = server.root();
        return new PostgresDatabase.Inputs(
                root.host(), root.port(), root.user(), root.password(), name, owner, Optional.of(force));
    }

    private Connection login(String user, String password, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.root().port() + "/" + database, user, password);
    }

    @Test
    void aRoleLogsInWithItsPasswordAndNoStatementHoldsIt() throws Exception {
        assertThat(roles.check(role("service-one", PASSWORD))).isEmpty();
        roles.create(role("service-one", PASSWORD), run);
        try (var session = login("service-one", PASSWORD, "postgres")) {
            assertThat(session.isValid(5)).isTrue();
        }
        assertThat(server.log())
                .contains("create role \"service-one\"")
                .doesNotContain(PASSWORD)
                .doesNotContain("pass$word$");
    }

    @Test
    void creatingARoleAgainChangesNothing() throws Exception {
        var made = roles.create(role("again", PASSWORD), run);
        var before = server.log().split("alter role").length;
        assertThat(roles.create(role("again", PASSWORD), run)).isEqualTo(made);
        assertThat(server.log().split("alter role")).hasSize(before);
    }

    @Test
    void aChangedPasswordIsSeenAndMended() throws Exception {
        var inputs = role("drifting", PASSWORD);
        var outputs = roles.create(inputs, run).outputs();
        var known = new Current<>(inputs, outputs);
        assertThat(roles.read("drifting", Optional.of(known))).contains(known);
        try (var session = login("admin", server.root().password(), "postgres");
                var statement = session.createStatement()) {
            statement.execute("alter role drifting password 'somebody changed it' nologin");
        }
        var seen = roles.read("drifting", Optional.of(known)).orElseThrow();
        assertThat(seen.inputs().password()).isEmpty();
        assertThat(seen.inputs().login()).contains(false);
        roles.update("drifting", seen, inputs, run);
        assertThat(roles.read("drifting", Optional.of(known))).contains(known);
        roles.delete("drifting", known, run);
        roles.delete("drifting", known, run);
        assertThat(roles.read("drifting", Optional.of(known))).isEmpty();
    }

    @Test
    void onlyItsOwnerConnectsToADatabase() throws Exception {
        roles.create(role("owner", PASSWORD), run);
        roles.create(role("stranger", PASSWORD), run);
        assertThat(databases.check(database("owned", "owner", false))).isEmpty();
        databases.create(database("owned", "owner", false), run);
        databases.create(database("owned", "owner", false), run);
        try (var session = login("owner", PASSWORD, "owned");
                var statement = session.createStatement()) {
            statement.execute("create table things (id int)");
        }
        assertThatThrownBy(() -> login("stranger", PASSWORD, "owned"))
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void aDatabaseOpenedToAllIsSeenAndMended() throws Exception {
        roles.create(role("keeper", PASSWORD), run);
        var inputs = database("kept", "keeper", false);
        var known = new Current<>(inputs, databases.create(inputs, run).outputs());
        assertThat(databases.read("kept", Optional.of(known))).contains(known);
        try (var session = login("admin", server.root().password(), "postgres");
                var statement = session.createStatement()) {
            statement.execute("grant connect on database kept to public");
            statement.execute("alter database kept owner to admin");
        }
        var seen = databases.read("kept", Optional.of(known)).orElseThrow();
        assertThat(seen.inputs().owner()).isEqualTo("admin");
        assertThat(databases.drift("kept", inputs, seen.outputs())).contains("everybody may connect to the database");
        databases.update("kept", seen, inputs, run);
        assertThat(databases.read("kept", Optional.of(known))).contains(known);
    }

    @Test
    void aDatabaseWithTablesIsKeptUnlessForced() throws Exception {
        roles.create(role("hoarder", PASSWORD), run);
        var inputs = database("hoard", "hoarder", false);
        var known = new Current<>(inputs, databases.create(inputs, run).outputs());
        try (var session = login("hoarder", PASSWORD, "hoard");
                var statement = session.createStatement()) {
            statement.execute("create table gold (id int)");
        }
        assertThatThrownBy(() -> databases.delete("hoard", known, run))
                .hasMessageContaining("was kept")
                .hasMessageContaining("forceDestroy");
        assertThatThrownBy(() -> roles.delete(
                        "hoarder", new Current<>(role("hoarder", PASSWORD), new PostgresRole.Outputs("hoarder")), run))
                .hasMessageContaining("drop role hoarder")
                .hasMessageContaining("depend");
        var forced = new Current<>(database("hoard", "hoarder", true), known.outputs());
        try (var session = login("hoarder", PASSWORD, "hoard")) {
            databases.delete("hoard", forced, run);
            assertThat(session.isClosed()).isFalse();
        }
        databases.delete("hoard", forced, run);
        assertThat(databases.read("hoard", Optional.of(known))).isEmpty();
    }

    @Test
    void anEmptyDatabaseIsDropped() throws Exception {
        roles.create(role("brief", PASSWORD), run);
        var inputs = database("brief", "brief", false);
        var known = new Current<>(inputs, databases.create(inputs, run).outputs());
        databases.delete("brief", known, run);
        assertThat(databases.read("brief", Optional.of(known))).isEmpty();
    }

    @Test
    void aDatabaseWithoutOwnerSaysWhatToDeclare() {
        assertThatThrownBy(() -> databases.create(database("orphan", "nobody", false), run))
                .hasMessageContaining("role nobody")
                .hasMessageContaining("PostgresRole");
    }

    @Test
    void aWrongAdminPasswordIsNotShown() {
        var root = server.root();
        var inputs = new PostgresRole.Inputs(
                root.host(), root.port(), root.user(), "wrong-password-here", "x", PASSWORD, Optional.empty());
        assertThatThrownBy(() -> roles.create(inputs, run))
                .hasMessageContaining("the password is wrong")
                .hasMessageNotContaining("wrong-password-here");
    }
}
