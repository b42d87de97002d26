package dev.foundation.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.bundle.Manifest.Measure;
import dev.foundation.bundle.SealedObject;
import dev.foundation.store.StoredObject;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One object of the point, written.
 *
 * @param name within the point's folder
 * @param artifact its name in the manifest
 * @param plain before age; the same as sealed where it is in clear
 * @param kept by name of the place
 */
record Written(
        String name,
        String artifact,
        Measure plain,
        Measure sealed,
        ObjectNode facts,
        Duration took,
        Map<String, StoredObject> kept) {
    SealedObject object() {
        return new SealedObject(
                name,
                sealed.size(),
                sealed.sha256(),
                kept.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().version())));
    }
}
