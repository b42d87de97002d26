package dev.foundation.artifact.vault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a whole raft snapshot says of itself.
 *
 * @param index of the last raft entry in it: grows with every write
 * @param term of that entry
 * @param version of the format
 * @param stateSize in bytes, not compressed
 */
public record Snapshot(long index, long term, int version, long stateSize) {
    /** Reads a snapshot to its end. @throws IOException if it is cut or damaged anywhere */
    public static Snapshot read(InputStream snapshot) throws IOException {
        try (var check = new SnapshotCheck()) {
            var buffer = new byte[64 * 1024];
            for (int n = snapshot.read(buffer); n >= 0; n = snapshot.read(buffer)) {
                check.accept(buffer, 0, n);
            }
            return check.finish();
        }
    }

    /** {@code index}, {@code term}, {@code stateSize}. */
    public ObjectNode facts() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("index", index)
                .put("term", term)
                .put("stateSize", stateSize);
    }
}
