package dev.foundation.recover;

import dev.foundation.docker.DockerCli;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A throw-away Vault in a container on no network, without a right, a volume or a port; its clients are started inside it. What a killed process left
 * is removed before the next one starts.
 */
public final class ContainerVault implements ScratchVault {
    private static final String LABEL = "dev.foundation.key-proof";
    private static final String CONFIGURATION = """
            {"storage":{"raft":{"path":"/tmp/proof","node_id":"proof","performance_multiplier":"1"}},\
            "listener":{"tcp":{"address":"127.0.0.1:8200","cluster_address":"127.0.0.1:8201","tls_disable":true,\
            "max_request_duration":"30m"}},\
            "api_addr":"http://127.0.0.1:8200","cluster_addr":"http://127.0.0.1:8201","disable_mlock":true}""";
    private static final Duration QUICK = Duration.ofMinutes(1);

    private final DockerCli docker;
    private final String name;
    private final Thread hook;

    private ContainerVault(DockerCli docker, String name) {
        this.docker = docker;
        this.name = name;
        this.hook = Thread.ofPlatform().unstarted(this::remove);
    }

    /**
     * @param instance whose proof it is; nobody else of that instance may be at one
     * @param image Vault's, as the foundation runs it, already here
     */
    public static ContainerVault start(DockerCli docker, String instance, String image)
            throws IOException, InterruptedException {
        sweep(docker, instance);
        var vault = new ContainerVault(docker, instance + "-key-proof-" + UUID.randomUUID());
        Runtime.getRuntime().addShutdownHook(vault.hook);
        boolean started = false;
        try {
            docker.run(
                    "start a throw-away Vault of " + image,
                    List.of(
                            "run",
                            "--detach",
                            "--name",
                            vault.name,
                            "--label",
                            LABEL + "=" + instance,
                            "--pull",
                            "never",
                            "--network",
                            "none",
                            "--user",
                            "0:0",
                            "--cap-drop",
                            "ALL",
                            "--security-opt",
                            "no-new-privileges",
                            "--memory",
                            "512m",
                            "--env",
                            "PROOF=" + CONFIGURATION,
                            "--env",
                            "VAULT_ADDR=http://127.0.0.1:8200",
                            "--env",
                            "VAULT_CLIENT_TIMEOUT=1800",
                            "--env",
                            "HOME=/tmp",
                            "--entrypoint",
                            "/bin/sh",
                            image,
                            "-c",
                            "mkdir -p /tmp/proof && printf %s \"$PROOF\" > /tmp/proof.json"
                                    + " && exec vault server -config=/tmp/proof.json"),
                    Input.NONE,
                    QUICK);
            started = true;
            return vault;
        } finally {
            if (!started) {
                vault.close();
            }
        }
    }

    private static void sweep(DockerCli docker, String instance) throws IOException, InterruptedException {
        String left = docker.run(
                        "look for a throw-away Vault that was left",
                        List.of("ps", "--all", "--quiet", "--filter", "label=" + LABEL + "=" + instance))
                .text();
        for (String each : left.lines().filter(line -> !line.isBlank()).toList()) {
            docker.run("remove a throw-away Vault that was left", List.of("rm", "--force", "--volumes", each));
        }
    }

    @Override
    public Finished vault(List<String> args, Input stdin, Duration limit) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("exec", "--interactive", name, "vault"));
        all.addAll(args);
        return docker.attempt(all, stdin, limit);
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        docker.run("restart the throw-away Vault", List.of("restart", "--time", "5", name), Input.NONE, QUICK);
    }

    /** With its writable layer and the volumes that the image declares. */
    private void remove() {
        try {
            docker.attempt(List.of("rm", "--force", "--volumes", name), Input.NONE, QUICK);
        } catch (IOException | InterruptedException e) {
            // The next proof sweeps it.
        }
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook removes it too.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
