package dev.foundation.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.bundle.Names;
import dev.foundation.retention.RunFacts;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a run found, from its artifacts' facts: what later runs are held against. */
final class Facts {
    private Facts() {}

    /** @param objects by bucket */
    static RunFacts of(List<Written> written, Map<String, Long> objects) {
        Map<String, Long> sizes = new TreeMap<>();
        Map<String, Long> rows = new TreeMap<>();
        OptionalLong repositories = OptionalLong.empty();
        for (Written each : written) {
            if (each.artifact().equals(Names.MANIFEST) || each.artifact().equals(Names.OBJECTS)) {
                continue; // they grow and shrink with the others
            }
            sizes.put(each.artifact(), each.plain().size());
            if (each.artifact().equals(Names.POSTGRES)) {
                each.facts()
                        .path("databases")
                        .properties()
                        .forEach(database -> database.getValue()
                                .path("rows")
                                .properties()
                                .forEach(table -> rows.put(
                                        database.getKey() + "/" + table.getKey(),
                                        table.getValue().asLong())));
            }
            JsonNode heads = each.facts().path("repositories");
            if (each.artifact().equals(Names.FORGEJO) && heads.isObject()) {
                repositories = OptionalLong.of(heads.size());
            }
        }
        return new RunFacts(sizes, rows, objects, repositories);
    }
}
