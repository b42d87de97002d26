package dev.foundation.artifact.postgres;

import dev.foundation.postgres.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One exported snapshot of one database: what pg_dump reads in it, this counts in it (P4). Lives as long as its connection. */
final class Snapshot implements AutoCloseable {
    /** Partitions hold rows, their parents none; what belongs to an extension comes from the extension. */
    static final String TABLES = """
            select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
            and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            order by n.nspname, c.relname
            """;

    private final Server server;
    private final String database;
    private final Connection connection;
    private final String id;
    private final Instant moment;
    private final String encoding;

    /** @param rows exact, by {@link TableName} */
    record Counts(SortedMap<String, Long> rows, long largeObjects) {}

    private Snapshot(
            Server server, String database, Connection connection, String id, Instant moment, String encoding) {
        this.server = server;
        this.database = database;
        this.connection = connection;
        this.id = id;
        this.moment = moment;
        this.encoding = encoding;
    }

    static Snapshot take(Server server, String database) throws IOException {
        Connection connection = server.connect(database);
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            // The clock after the snapshot, not now(), which is before it: whatever a row in the snapshot points to was
            // written by then.
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select pg_export_snapshot(), clock_timestamp(), current_setting('server_encoding')")) {
                row.next();
                return new Snapshot(
                        server,
                        database,
                        connection,
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3));
            }
        } catch (SQLException e) {
            drop(connection);
            throw server.told("take a snapshot of database " + database, e);
        }
    }

    /** For {@code pg_dump --snapshot}. */
    String id() {
        return id;
    }

    /** The server's clock, right after the snapshot was taken. */
    Instant moment() {
        return moment;
    }

    String encoding() {
        return encoding;
    }

    Counts count(Optional<ForgejoRows> forgejo) throws IOException {
        try {
            if (forgejo.isPresent()) {
                forgejo.get().read(connection);
            }
            var rows = new TreeMap<String, Long>();
            for (List<String> table : tables()) {
                String name = Sql.name(table.get(0)) + "." + Sql.name(table.get(1));
                rows.put(TableName.of(table.get(0), table.get(1)), number("select count(*) from only " + name));
            }
            return new Counts(rows, number("select count(*) from pg_largeobject_metadata"));
        } catch (SQLException e) {
            throw server.told("count the rows of database " + database, e);
        }
    }

    private List<List<String>> tables() throws SQLException {
        var tables = new ArrayList<List<String>>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(List.of(rows.getString(1), rows.getString(2)));
            }
        }
        return tables;
    }

    private long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Also ends a count that is running on another thread. */
    @Override
    public void close() {
        drop(connection);
    }

    private static void drop(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It only read: there is nothing to lose.
        }
    }
}
