package dev.foundation.recover;

import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A Vault server with an empty store, for one proof: nobody else reaches it, and nothing of it stays. */
public interface ScratchVault extends AutoCloseable {
    /**
     * Runs the program {@code vault} as this server's client. An exit code other than 0 is a result.
     *
     * @param args never a secret
     * @param stdin {@code /dev/stdin} to it
     */
    Finished vault(List<String> args, Input stdin, Duration limit) throws IOException, InterruptedException;

    /** Starts the server anew over the same store: it comes up sealed. */
    void restart() throws IOException, InterruptedException;

    @Override
    void close();
}
