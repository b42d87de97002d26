package dev.foundation.artifact.vault;

import java.io.IOException;
import java.util.Optional;

/** Where the Vault that is restored keeps its data, and how to make it begin anew. */
public interface VaultHome {
    /** How messages name it, such as {@code volume x}. */
    String place();

    /** The mark that lies beside the data; empty if there is none. */
    Optional<String> mark() throws IOException, InterruptedException;

    void mark(String text) throws IOException, InterruptedException;

    /** Stops the server, removes all of its data but the mark, and starts it again. */
    void beginAnew() throws IOException, InterruptedException;

    /** Stops the server and starts it again. */
    void restart() throws IOException, InterruptedException;
}
