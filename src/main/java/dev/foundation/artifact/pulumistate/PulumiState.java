package dev.foundation.artifact.pulumistate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.Artifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code pulumi-state.json}: the newest checkpoint without pending operations, as a stack export (K4). A state that keeps a secret in clear, or under
 * anything but the passphrase, is refused.
 *
 * <p>Facts: those of {@link StackExport}, and {@code source} (the file), {@code pendingOperations} (of the stack's present checkpoint: above 0 an older
 * one was taken).
 */
public final class PulumiState implements Artifact {
    private final Checkpoints checkpoints;
    private Checkpoints.@Nullable Found found;
    private @Nullable InputStream content;

    /**
     * @param folder that {@code pulumi login file://<folder>} names; may be read-only
     * @param project as in {@code Pulumi.yaml}
     */
    public PulumiState(Path folder, String project, String stack) {
        this.checkpoints = new Checkpoints(folder, project, stack);
    }

    @Override
    public String name() {
        return "pulumi-state.json";
    }

    @Override
    public synchronized InputStream content() throws IOException {
        if (content == null) {
            found = checkpoints.newest();
            content = new ByteArrayInputStream(found.export().bytes());
        }
        return content;
    }

    @Override
    public synchronized ObjectNode facts() {
        try {
            if (found == null || content == null || content.available() > 0) {
                throw new IllegalStateException("the state has not been read to its end");
            }
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be counted", e);
        }
        return found.export().facts().put("source", found.source()).put("pendingOperations", found.pending());
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
