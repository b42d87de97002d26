package dev.foundation.backup;

import dev.foundation.bundle.Known;
import dev.foundation.retention.RunFacts;
import java.nio.file.Path;
import java.util.List;

/**
 * What the agent knows from earlier runs and from no store.
 *
 * @param known the chain as it was seen last
 * @param lastGood facts of the last good runs, newest first
 * @param blobs the file of known blobs
 */
public record History(Known known, List<RunFacts> lastGood, Path blobs) {
    public History {
        lastGood = List.copyOf(lastGood);
    }
}
