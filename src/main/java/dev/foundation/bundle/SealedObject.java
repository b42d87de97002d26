package dev.foundation.bundle;

import dev.foundation.stream.Sha256;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a seal says of one object of its point: the bytes as they lie in the store.
 *
 * @param name within the point's folder, such as {@code postgres.sql.gz.age}
 * @param size in bytes
 * @param versions the version id by the store's name: hints, for they differ between stores; the digest decides (P2)
 */
public record SealedObject(String name, long size, Sha256 sha256, Map<String, String> versions) {
    public SealedObject {
        versions = Map.copyOf(versions);
        if (size < 0) {
            throw new IllegalArgumentException("the size of " + Fields.shown(name) + " is below zero");
        }
        versions.forEach((store, version) -> {
            if (!Names.WORD.matcher(store).matches() || version.isEmpty() || version.length() > 1024) {
                throw new IllegalArgumentException("a version of " + Fields.shown(name)
                        + " is given for no store's name, or is empty or longer than 1024 characters");
            }
        });
    }

    /** The versions by name of store, in order. */
    TreeMap<String, String> sortedVersions() {
        return new TreeMap<>(versions);
    }
}
