package dev.foundation.backup;

import dev.foundation.bundle.BlobName;
import dev.foundation.stream.Sha256;
import java.util.Map;

/**
 * What the agent remembers of a blob that it sent: enough to list it again without reading the object again.
 *
 * @param sealedSize in bytes, as it lies in the stores
 * @param plain digest of the object's own content
 * @param metadata the object's own
 */
record KnownBlob(
        BlobName name, long sealedSize, Sha256 sealed, Sha256 plain, String contentType, Map<String, String> metadata) {
    KnownBlob {
        metadata = Map.copyOf(metadata);
    }
}
