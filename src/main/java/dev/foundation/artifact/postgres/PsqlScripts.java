package dev.foundation.artifact.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the dump's own connection counts and reads, as scripts for {@code psql --no-align --tuples-only --quiet} in a server that only its own container
 * reaches. Each line of the answer is one JSON array.
 */
public final class PsqlScripts {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SETTINGS = "set row_security = off; set statement_timeout = 0;\n";

    private PsqlScripts() {}

    /** Exact row counts of the tables that a dump counts. */
    public static String rows() {
        String tables = Snapshot.TABLES.strip();
        return SETTINGS
                + "select format('select json_build_array(%L, %L, count(*)) from only %I.%I', t.nspname, t.relname,"
                + " t.nspname, t.relname) from (" + tables + ") t\n\\gexec\n";
    }

    /** @return by {@link TableName}, as facts have them */
    public static SortedMap<String, Long> rows(String answer) throws IOException {
        SortedMap<String, Long> rows = new TreeMap<>();
        for (JsonNode each : arrays(answer)) {
            rows.put(
                    TableName.of(each.path(0).asText(), each.path(1).asText()),
                    each.path(2).asLong());
        }
        return rows;
    }

    /** The rows of Forgejo's database that name objects. */
    public static String pointers() {
        var script = new StringBuilder(SETTINGS);
        for (ForgejoRows.Query each : ForgejoRows.QUERIES) {
            // A table that is not there must not even be parsed.
            script.append("select 'select json_build_array(''")
                    .append(each.table())
                    .append("'', q.a, q.b) from (")
                    .append(each.sql().replace("'", "''"))
                    .append(") q(a, b)' where to_regclass('public.")
                    .append(each.table())
                    .append("') is not null\n\\gexec\n");
        }
        return script.toString();
    }

    public static List<ForgejoRow> pointers(String answer) throws IOException {
        List<ForgejoRow> rows = new ArrayList<>();
        for (JsonNode each : arrays(answer)) {
            String id = each.path(1).asText();
            long size = each.path(2).asLong();
            rows.add(
                    switch (each.path(0).asText()) {
                        case "lfs_meta_object" -> new ForgejoRow.LfsObject(id, size);
                        case "package_blob" -> new ForgejoRow.PackageBlob(id, size);
                        case "action_artifact" -> new ForgejoRow.ActionArtifact(id, size);
                        default -> throw new IOException("psql answered for a table that was not asked for");
                    });
        }
        return rows;
    }

    private static List<JsonNode> arrays(String answer) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : answer.lines().filter(each -> !each.isBlank()).toList()) {
            try {
                all.add(JSON.readTree(line));
            } catch (JsonProcessingException e) {
                throw new IOException("psql answered something else than the rows that were asked for", e);
            }
        }
        return all;
    }
}
