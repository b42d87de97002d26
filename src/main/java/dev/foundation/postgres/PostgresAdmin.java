package dev.foundation.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** One connection of the administrator. Every method throws {@link PostgresException}. */
public final class PostgresAdmin implements AutoCloseable {
    private static final String HOME = "postgres";
    private final PostgresAccess access;
    private final Connection connection;

    private PostgresAdmin(PostgresAccess access, Connection connection) {
        this.access = access;
        this.connection = connection;
    }

    public static PostgresAdmin connect(PostgresAccess access) throws PostgresException {
        return connect(access, HOME);
    }

    private static PostgresAdmin connect(PostgresAccess access, String database) throws PostgresException {
        var properties = new Properties();
        properties.setProperty("user", access.user());
        properties.setProperty("password", access.password());
        properties.setProperty("ApplicationName", "foundation");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        // A server that asks for the password in clear or as MD5 is not ours: the driver refuses.
        properties.setProperty("requireAuth", "scram-sha-256,none");
        var host = access.host().contains(":") ? "[" + access.host() + "]" : access.host();
        try {
            return new PostgresAdmin(
                    access,
                    DriverManager.getConnection(
                            "jdbc:postgresql://" + host + ":" + access.port() + "/" + database, properties));
        } catch (SQLException e) {
            throw new PostgresException("connect to Postgres", access, e);
        }
    }

    /** @param verifier how the password is stored; empty if there is none */
    public record Role(boolean login, Optional<String> verifier) {
        /** Whether this password is the role's. */
        public boolean accepts(String password) {
            return verifier.filter(stored -> ScramVerifier.matches(stored, password))
                    .isPresent();
        }

        @Override
        public String toString() {
            return login ? "login role" : "role";
        }
    }

    /** @param open whether everybody may connect or make temporary tables */
    public record Database(String owner, String encoding, boolean open) {}

    public Optional<Role> role(String name) throws PostgresException {
        return one(
                "look for role " + name,
                "select rolcanlogin, rolpassword from pg_authid where rolname = ?",
                name,
                row -> new Role(row.getBoolean(1), Optional.ofNullable(row.getString(2))));
    }

    /** Makes the role or changes it. It is never a superuser, and may neither create roles nor databases. */
    public void putRole(String name, String password, boolean login) throws PostgresException {
        var verb = role(name).isPresent() ? "alter" : "create";
        run(
                verb + " role " + name,
                verb + " role " + Sql.name(name)
                        + " with nosuperuser nocreaterole nocreatedb noreplication nobypassrls "
                        + (login ? "login" : "nologin") + " password " + Sql.text(ScramVerifier.of(password)));
    }

    /**
     * Makes a role, or changes it into one, that may read everything and owns nothing: row security does not hide rows from it, and large objects,
     * which the predefined role does not reach before Postgres 18, open to it by a setting of its own. No superuser; it writes nowhere.
     */
    public void putReader(String name, String password) throws PostgresException {
        var verb = role(name).isPresent() ? "alter" : "create";
        var action = verb + " role " + name;
        run(
                action,
                verb + " role " + Sql.name(name)
                        + " with nosuperuser nocreaterole nocreatedb noreplication bypassrls login password "
                        + Sql.text(ScramVerifier.of(password)));
        run(action, "grant pg_read_all_data to " + Sql.name(name));
        run(action, "alter role " + Sql.name(name) + " set lo_compat_privileges = on");
        run(action, "alter role " + Sql.name(name) + " set default_transaction_read_only = on");
        // The databases here are closed to all but their owners.
        for (String database : databases()) {
            run(
                    "let " + name + " connect to database " + database,
                    "grant connect on database " + Sql.name(database) + " to " + Sql.name(name));
        }
    }

    /** Whether it is such a role. */
    public boolean isReader(String name) throws PostgresException {
        return one(
                        "look for role " + name,
                        "select rolcanlogin and rolbypassrls and not rolsuper and not rolcreaterole and not rolcreatedb"
                                + " and pg_has_role(rolname, 'pg_read_all_data', 'member')"
                                + " and exists(select 1 from pg_db_role_setting s where s.setrole = r.oid and s.setdatabase = 0"
                                + " and s.setconfig @> array['lo_compat_privileges=on', 'default_transaction_read_only=on'])"
                                + " and not exists(select 1 from pg_database d where d.datallowconn"
                                + " and not has_database_privilege(r.oid, d.oid, 'connect'))"
                                + " from pg_roles r where rolname = ?",
                        name,
                        row -> row.getBoolean(1))
                .orElse(false);
    }

    private List<String> databases() throws PostgresException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select datname from pg_database where datallowconn")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new PostgresException("list the databases", access, e);
        }
    }

    public void dropRole(String name) throws PostgresException {
        run("drop role " + name, "drop role if exists " + Sql.name(name));
    }

    public Optional<Database> database(String name) throws PostgresException {
        return one(
                "look for database " + name,
                "select pg_get_userbyid(datdba), pg_encoding_to_char(encoding), exists(select 1 from"
                        + " aclexplode(coalesce(datacl, acldefault('d', datdba))) a where a.grantee = 0) from pg_database where datname = ?",
                name,
                row -> new Database(row.getString(1), row.getString(2), row.getBoolean(3)));
    }

    /** UTF8, from {@code template0}, so that nothing local gets into it. */
    public void createDatabase(String name, String owner) throws PostgresException {
        run(
                "create database " + name,
                "create database " + Sql.name(name) + " owner " + Sql.name(owner)
                        + " encoding 'UTF8' template template0");
    }

    public void setOwner(String database, String owner) throws PostgresException {
        run(
                "give database " + database + " to " + owner,
                "alter database " + Sql.name(database) + " owner to " + Sql.name(owner));
    }

    /** Leaves the database to its owner: no other role may connect. */
    public void closeToOthers(String database) throws PostgresException {
        run(
                "close database " + database + " to others",
                "revoke all on database " + Sql.name(database) + " from public");
    }

    /** How many tables, views and sequences of its own it holds. */
    public long tables(String database) throws PostgresException {
        try (var inside = connect(access, database)) {
            return inside.one(
                            "count the tables of database " + database,
                            "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where"
                                    + " c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname not in (?, 'information_schema')"
                                    + " and n.nspname not like 'pg\\_toast%'",
                            "pg_catalog",
                            row -> row.getLong(1))
                    .orElse(0L);
        }
    }

    /** @param force end the sessions of those who are connected */
    public void dropDatabase(String name, boolean force) throws PostgresException {
        run("drop database " + name, "drop database if exists " + Sql.name(name) + (force ? " with (force)" : ""));
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> one(String action, String sql, String value, Row<T> reader) throws PostgresException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new PostgresException(action, access, e);
        }
    }

    private void run(String action, String sql) throws PostgresException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new PostgresException(action, access, e);
        }
    }

    @Override
    public void close() throws PostgresException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new PostgresException("close the connection", access, e);
        }
    }
}
