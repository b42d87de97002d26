package dev.foundation.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;

/**
 * One artifact of one point on its way out of its source: the plain bytes as the contract names them (R2.3), to be read once, to the end.
 * Closing it ends whatever it started.
 */
public interface Artifact extends AutoCloseable {
    /** As in R2.3, without {@code .age}: {@code postgres.sql.gz}. */
    String name();

    /** The bytes. Ends normally only if the source was whole to its end; else throws. The same stream at each call. */
    InputStream content() throws IOException, InterruptedException;

    /**
     * What the manifest says of it beyond size and digest, such as versions, the moment, row counts: known only after {@link #content} has ended.
     * Numbers, texts, arrays and objects; no secret. @throws IllegalStateException before the end
     */
    ObjectNode facts();

    @Override
    void close() throws IOException, InterruptedException;
}
