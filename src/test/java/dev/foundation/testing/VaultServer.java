package dev.foundation.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real Vault with raft storage in a folder, on loopback ports of its own. Stopped and started again it keeps its data. */
public final class VaultServer implements AutoCloseable {
    private final Path binary;
    private final Path folder;
    private final int port;
    private Process process;

    private VaultServer(Path binary, Path folder, int port, Process process) {
        this.binary = binary;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    public static VaultServer start(Path folder) throws IOException {
        Path binary = Tools.need("vault");
        int port = Tools.freePort();
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("vault.hcl"), """
                disable_mlock = true
                api_addr = "http://127.0.0.1:%1$d"
                cluster_addr = "http://127.0.0.1:%2$d"
                storage "raft" {
                  path = "%3$s/data"
                  node_id = "one"
                  performance_multiplier = "1"
                }
                listener "tcp" {
                  address = "127.0.0.1:%1$d"
                  cluster_address = "127.0.0.1:%2$d"
                  tls_disable = true
                }
                """.formatted(port, Tools.freePort(), folder));
        return new VaultServer(binary, folder, port, launch(binary, folder));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path folder() {
        return folder;
    }

    /** Ends the server; what it has stored stays. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again: it comes up sealed. */
    public void restart() throws IOException {
        stop();
        process = launch(binary, folder);
    }

    @Override
    public void close() {
        stop();
    }

    private static Process launch(Path binary, Path folder) throws IOException {
        return new ProcessBuilder(
                        binary.toString(),
                        "server",
                        "-config",
                        folder.resolve("vault.hcl").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("vault.log").toFile()))
                .start();
    }
}
