package dev.foundation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * An object of a point as its seal tells of it.
 *
 * @param name as it is stored, such as {@code postgres.sql.gz.age}
 */
record SealedArtifact(String name, long size, Sha256 sha256) {
    private static final String AGE = ".age";

    /** Whether it must be opened with the identity; a few objects lie in clear. */
    boolean closed() {
        return name.endsWith(AGE);
    }

    /** As the contract names it: without {@code .age}. */
    String plainName() {
        return plain(name);
    }

    /**
     * @param seal the {@code SEAL.json}
     * @param artifact with or without {@code .age}
     * @throws IOException if the seal lists none of that name: says which there are
     */
    static SealedArtifact find(JsonNode seal, String artifact) throws IOException {
        for (JsonNode object : seal.path("objects")) {
            String name = object.path("name").asText();
            if (plain(name).equals(plain(artifact))) {
                try {
                    return new SealedArtifact(
                            name,
                            object.path("size").asLong(-1),
                            new Sha256(object.path("sha256").asText()));
                } catch (IllegalArgumentException e) {
                    throw new IOException("the seal tells no digest of " + name + ": it cannot be checked", e);
                }
            }
        }
        throw new IOException("the point has no artifact " + artifact + "; it has: "
                + seal.path("objects")
                        .valueStream()
                        .map(object -> plain(object.path("name").asText()))
                        .collect(Collectors.joining(", ")));
    }

    private static String plain(String name) {
        return name.endsWith(AGE) ? name.substring(0, name.length() - AGE.length()) : name;
    }
}
