package dev.foundation.artifact.buckets;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;

/** Buckets to be backed up. Safe for use by many threads. */
public interface BlobSource extends AutoCloseable {
    /** Takes one object of a listing. */
    @FunctionalInterface
    interface Visitor {
        void visit(SourceObject object) throws IOException, InterruptedException;
    }

    /**
     * An object's content.
     *
     * @param stream ends normally only after as many bytes as the listing said
     * @param metadata the user's own, without S3's prefix
     */
    record Content(InputStream stream, String contentType, Map<String, String> metadata) {
        public Content {
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * Every object that was in the bucket at the moment, each once. What was made later is left out; what was deleted or overwritten later is
     * given as it was, where the bucket has versions. @throws IOException if the listing fails anywhere: it is never a short one
     */
    void list(String bucket, Instant moment, Visitor visitor) throws IOException, InterruptedException;

    Content open(SourceObject object) throws IOException, InterruptedException;

    @Override
    void close();
}
