package dev.foundation.retention;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How much one run found: what a later run is held against. Taken from the manifest's facts.
 *
 * @param sizes plain bytes by artifact, such as {@code postgres.sql.gz}
 * @param rows by table, such as {@code forgejo/public.repository}
 * @param objects by bucket
 * @param repositories on Forgejo's volume; empty if they were not counted
 */
public record RunFacts(
        Map<String, Long> sizes, Map<String, Long> rows, Map<String, Long> objects, OptionalLong repositories) {
    public RunFacts {
        sizes = Map.copyOf(sizes);
        rows = Map.copyOf(rows);
        objects = Map.copyOf(objects);
    }
}
