package dev.foundation.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Seal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The point that was restored: what the restored environment is held against. */
public record ProofSubject(Seal seal, Manifest manifest, ObjectSamples samples) {
    /** @throws BundleException unless seal and manifest are of one point */
    public static ProofSubject of(Seal seal, Manifest manifest, ObjectSamples samples) throws BundleException {
        manifest.checkAgainst(seal);
        return new ProofSubject(seal, manifest, samples);
    }

    /** Rows by table, by database, as counted in the snapshot of the dump. */
    SortedMap<String, SortedMap<String, Long>> rows() {
        SortedMap<String, SortedMap<String, Long>> all = new TreeMap<>();
        for (Map.Entry<String, JsonNode> database :
                facts(Names.POSTGRES).path("databases").properties()) {
            SortedMap<String, Long> tables = all.computeIfAbsent(database.getKey(), name -> new TreeMap<>());
            database.getValue()
                    .path("rows")
                    .properties()
                    .forEach(
                            table -> tables.put(table.getKey(), table.getValue().asLong()));
        }
        return all;
    }

    /**
     * Where a repository stood.
     *
     * @param branch what HEAD named; empty where it held a commit
     * @param commit empty where the repository had none
     */
    record Head(String branch, String commit) {}

    /** By path from the top of Forgejo's volume. */
    SortedMap<String, Head> repositories() {
        SortedMap<String, Head> all = new TreeMap<>();
        facts(Names.FORGEJO)
                .path("repositories")
                .properties()
                .forEach(each -> all.put(
                        each.getKey(),
                        new Head(
                                each.getValue().path("branch").asText(""),
                                each.getValue().path("commit").asText(""))));
        return all;
    }

    private JsonNode facts(String artifact) {
        return manifest.artifact(artifact)
                .<JsonNode>map(Manifest.Entry::facts)
                .orElseGet(com.fasterxml.jackson.databind.node.MissingNode::getInstance);
    }
}
