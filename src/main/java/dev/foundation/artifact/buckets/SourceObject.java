package dev.foundation.artifact.buckets;

import dev.foundation.bundle.ObjectText;
import java.time.Instant;

/**
 * One object as of the moment that was asked for.
 *
 * @param version the source's own id of this version; {@code null} as text where its bucket keeps none
 * @param etag as the server says it, with its quotes
 * @param size in bytes
 * @param modified by the server's clock
 */
public record SourceObject(String bucket, ObjectText key, String version, String etag, long size, Instant modified) {
    /** Whether the version alone says which content it is. */
    public boolean versioned() {
        return !version.isEmpty() && !version.equals("null");
    }
}
