package dev.foundation.artifact.postgres;

import dev.foundation.postgres.PostgresAccess;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What is asked of the server before anything is dumped, and how to connect to one of its databases. */
final class Server {
    static final String HOME = "postgres";
    private static final String LOCK_WAIT = "5min";
    private final PostgresAccess access;

    Server(PostgresAccess access) {
        this.access = access;
    }

    /**
     * @param bootstrap the role that initdb made
     * @param roles without those that every server has
     * @param databases that can be dumped, in order of their names
     * @param closed that nobody may connect to, so that they cannot be dumped
     * @param tablespaces beyond the two that every server has
     */
    record Overview(
            String version,
            int major,
            String bootstrap,
            int roles,
            List<String> databases,
            List<String> closed,
            List<String> tablespaces) {}

    Connection connect(String database) throws IOException {
        var properties = new Properties();
        properties.setProperty("user", access.user());
        properties.setProperty("password", access.password());
        properties.setProperty("ApplicationName", "foundation backup");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("requireAuth", "scram-sha-256,none");
        var host = access.host().contains(":") ? "[" + access.host() + "]" : access.host();
        var url = "jdbc:postgresql://" + host + ":" + access.port() + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8);
        try {
            Connection connection = DriverManager.getConnection(url, properties);
            try (var statement = connection.createStatement()) {
                statement.execute("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;"
                        // A policy must fail the count, not shorten it.
                        + "set row_security = off; set lock_timeout = '" + LOCK_WAIT + "'");
            }
            return connection;
        } catch (SQLException e) {
            throw told("connect to database " + database, e);
        }
    }

    Overview overview() throws IOException {
        try (Connection connection = connect(HOME)) {
            refuseWeakRole(connection);
            var found = texts(connection, """
                    select current_setting('server_version'), current_setting('server_version_num'),
                    (select rolname from pg_roles where oid = 10),
                    (select count(*) from pg_roles where rolname !~ '^pg_')
                    """, 4).getFirst();
            return new Overview(
                    found.get(0),
                    Integer.parseInt(found.get(1)) / 10_000,
                    found.get(2),
                    Integer.parseInt(found.get(3)),
                    names(
                            connection,
                            "select datname from pg_database where datallowconn and datconnlimit <> -2 order by datname collate \"C\""),
                    names(
                            connection,
                            "select datname from pg_database where not (datallowconn and datconnlimit <> -2) and datname <> 'template0' order by 1"),
                    names(
                            connection,
                            "select spcname from pg_tablespace where spcname not in ('pg_default', 'pg_global') order by 1"));
        } catch (SQLException e) {
            throw told("look at the server", e);
        }
    }

    /** Names all that a role lacks at once: pg_dump would name the first, after half of the dump. */
    private void refuseWeakRole(Connection connection) throws SQLException, IOException {
        var missing = new ArrayList<String>();
        var role = texts(connection, """
                select r.rolsuper, r.rolbypassrls, pg_has_role(current_user, 'pg_read_all_data', 'usage'),
                current_setting('lo_compat_privileges')::bool
                from pg_roles r where r.rolname = current_user
                """, 4).getFirst();
        if (role.getFirst().equals("t")) {
            return;
        }
        if (role.get(1).equals("f")) {
            missing.add("BYPASSRLS");
        }
        if (role.get(2).equals("f")) {
            missing.add("membership in pg_read_all_data");
        }
        if (role.get(3).equals("f")) {
            missing.add("the setting lo_compat_privileges = on (large objects)");
        }
        for (String database : names(
                connection,
                "select datname from pg_database where datallowconn and not has_database_privilege(oid, 'connect') order by 1")) {
            missing.add("CONNECT on database " + database);
        }
        if (!missing.isEmpty()) {
            throw new IOException("role " + access + " cannot dump everything; it lacks " + String.join(", ", missing)
                    + ": a superuser grants them");
        }
    }

    /** Names what was tried, as whom, and the server's own words; those hold no values. */
    IOException told(String action, SQLException e) {
        return new IOException("cannot " + action + " of Postgres as " + access + ": " + e.getMessage(), e);
    }

    private static List<String> names(Connection connection, String sql) throws SQLException {
        return texts(connection, sql, 1).stream().map(List::getFirst).toList();
    }

    private static List<List<String>> texts(Connection connection, String sql, int columns) throws SQLException {
        var all = new ArrayList<List<String>>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                var one = new ArrayList<String>();
                for (int i = 1; i <= columns; i++) {
                    one.add(String.valueOf(rows.getString(i)));
                }
                all.add(one);
            }
        }
        return all;
    }
}
