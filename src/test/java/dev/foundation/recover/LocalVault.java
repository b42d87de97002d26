package dev.foundation.recover;

import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.process.Processes;
import dev.foundation.testing.Tools;
import dev.foundation.testing.VaultServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A scratch Vault as a process of this machine. */
public final class LocalVault implements ScratchVault {
    private final Path folder;
    private final VaultServer server;

    public LocalVault(Path folder) throws IOException {
        this.folder = folder;
        this.server = VaultServer.start(folder);
    }

    @Override
    public Finished vault(List<String> args, Input stdin, Duration limit) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(Tools.need("vault").toString()));
        all.addAll(args);
        return Processes.run(Command.of(all)
                .withEnvironment(
                        Map.of("VAULT_ADDR", server.address().toString(), "HOME", folder.toString(), "VAULT_TOKEN", ""))
                .withInput(stdin)
                .within(limit));
    }

    @Override
    public void restart() throws IOException {
        server.restart();
    }

    @Override
    public void close() {
        server.close();
    }
}
