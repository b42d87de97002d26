package dev.foundation.artifact.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rows of P5's cross-check, read in the very snapshot of the dump. A table that is not there has no rows: Gitea and Forgejo make some of
 * them only in later versions.
 *
 * @param database Forgejo's; it is dumped first, so that nothing in the other artifacts is older
 * @param each called on a thread of the dump's own, one row at a time, before the dump's content ends
 */
public record ForgejoRows(String database, Consumer<ForgejoRow> each) {
    private static final int PAGE = 10_000;

    interface Reader {
        ForgejoRow read(ResultSet row) throws SQLException;
    }

    record Query(String table, String sql, Reader reader) {}

    static final List<Query> QUERIES = List.of(
            new Query(
                    "lfs_meta_object",
                    "select oid, max(size) from public.lfs_meta_object group by oid",
                    row -> new ForgejoRow.LfsObject(row.getString(1), row.getLong(2))),
            new Query(
                    "package_blob",
                    "select hash_sha256, size from public.package_blob",
                    row -> new ForgejoRow.PackageBlob(row.getString(1), row.getLong(2))),
            new Query(
                    "action_artifact",
                    // 2: the upload was confirmed. Earlier there may be no object yet, later it may have expired.
                    "select storage_path, file_compressed_size from public.action_artifact where status = 2",
                    row -> new ForgejoRow.ActionArtifact(row.getString(1), row.getLong(2))));

    /** @param connection inside the snapshot's transaction */
    void read(Connection connection) throws SQLException {
        for (Query query : QUERIES) {
            if (!exists(connection, query.table())) {
                continue;
            }
            try (var statement = connection.createStatement()) {
                statement.setFetchSize(PAGE);
                try (ResultSet rows = statement.executeQuery(query.sql())) {
                    while (rows.next()) {
                        each.accept(query.reader().read(rows));
                    }
                }
            }
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (var statement = connection.prepareStatement("select to_regclass(?) is not null")) {
            statement.setString(1, "public." + table);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
