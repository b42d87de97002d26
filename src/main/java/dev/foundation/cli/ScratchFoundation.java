package dev.foundation.cli;

import dev.foundation.artifact.pulumistate.StackExport;
import dev.foundation.bundle.Names;
import dev.foundation.docker.DockerCli;
import dev.foundation.parts.Folders;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.recover.ContainerVault;
import dev.foundation.recover.KeyProof;
import dev.foundation.recover.ScratchVault;
import dev.foundation.recover.StateRewrite;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.spec.ConfigKeys;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A second foundation beside the first, restored from a point by the same program and the same steps as a recovery, and taken away again (R4.1, S1). It has
 * another prefix on Docker, a network that leads nowhere, ports and a state of its own, no backup and no runner: it claims nothing and tells nobody.
 */
final class ScratchFoundation implements AutoCloseable {
    static final String STACK = "proof";
    private static final String SUFFIX = "-proof";
    private final Workspace workspace;
    private final FoundationSpec spec;
    private final Path folder;
    private final Containers containers;
    private final DockerCli docker;
    private final Pulumi stack;
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    /** @param folder of its own; whatever is in it goes */
    ScratchFoundation(Workspace workspace, FoundationSpec spec, PulumiSetting setting, Path folder) {
        this.workspace = workspace;
        this.spec = spec;
        this.folder = folder;
        this.containers = new Containers(workspace.environment());
        this.docker = new DockerCli(workspace.environment());
        var apart = new PulumiSetting(
                setting.cli(),
                setting.environment(),
                setting.repository(),
                "file://" + folder.toAbsolutePath().resolve("pulumi"),
                setting.passphrase());
        this.stack = workspace.pulumi(apart, STACK);
    }

    /** The prefix of everything that it has on Docker. */
    static String prefix(FoundationSpec spec) {
        return Fence.prefix(spec, SUFFIX);
    }

    /** Where the point's own objects are staged for it. */
    Path stage() {
        return folder.resolve("stage");
    }

    /** Takes away what an earlier one may have left, and begins with nothing. */
    void clear() throws IOException, InterruptedException {
        remove();
        Files.createDirectories(folder);
    }

    /**
     * Stands it up, every restore step done.
     *
     * @param secrets of the configuration
     * @param from what {@code recovery.from} says
     * @param quiet whether standard output is kept for something else
     */
    void restore(KeyProof point, Secret<Map<String, String>> secrets, String id, String from, boolean quiet)
            throws IOException, InterruptedException {
        StateRewrite state;
        try (InputStream plain = point.open(Names.PULUMI_STATE)) {
            state = StateRewrite.of(StackExport.read(plain).json(), STACK);
        }
        Files.copy(workspace.stackFile(), stack.stackFile(), StandardCopyOption.REPLACE_EXISTING);
        stack.initStack();
        Map<String, String> settings = Fence.settings(prefix(spec));
        settings.put("recovery.point", id);
        settings.put("recovery.stage", stage().toAbsolutePath().toString());
        settings.put("recovery.from", from);
        for (String port : List.of(
                "vault.port", "postgres.port", "s3.port", "s3.consolePort", "forgejo.port", "forgejo.sshPort")) {
            ports.put(port, freePort());
            settings.put(port, String.valueOf(ports.get(port)));
        }
        settings.put("forgejo.rootUrl", "http://127.0.0.1:" + ports.get("forgejo.port") + "/");
        for (Map.Entry<String, String> each : settings.entrySet()) {
            stack.set(each.getKey(), each.getValue());
        }
        UnsealKeys keys = KeysKeeper.held(secrets);
        if (point.hasVault() && keys.generations().size() > 1) { // else there is none to choose
            try (ScratchVault vault = ContainerVault.start(
                    docker,
                    prefix(spec),
                    workspace.preparation().image(spec, ServiceName.VAULT).value())) {
                KeysKeeper.bringBack(
                        stack, secrets, point.unsealKeys(vault, keys).generation());
            }
        }
        boolean _ = stack.importState(state.export(), ConfigKeys.RETIRED_PASSPHRASES);
        stack.forget(Fence::keptOut);
        if (quiet) {
            stack.upAside();
        } else {
            stack.up(false);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** To be asked, once {@link #restore} is over. */
    RestoredServices services() {
        return new RestoredServices(docker, prefix(spec), ports, stack, folder);
    }

    /** How long each restore step took, in seconds, by the type of the step. */
    SortedMap<String, Long> seconds() throws IOException, InterruptedException {
        return RecoveryRun.seconds(stack);
    }

    /** Everything of it goes, whatever happened; what cannot be removed is told by name. */
    @Override
    public void close() throws IOException, InterruptedException {
        remove();
    }

    private void remove() throws IOException, InterruptedException {
        for (String each : containers.ofInstance(prefix(spec))) {
            docker.run("remove the scratch container " + each, List.of("rm", "--force", "--volumes", each));
        }
        for (String each : containers.volumes()) {
            if (each.startsWith(prefix(spec) + "-")) {
                docker.run("remove the scratch volume " + each, List.of("volume", "rm", "--force", each));
            }
        }
        String net = prefix(spec) + "-net";
        if (docker.inspect("network", net).isPresent()) {
            docker.run("remove the scratch network " + net, List.of("network", "rm", net));
        }
        Files.deleteIfExists(stack.stackFile());
        Folders.remove(folder);
    }

    /** What is left of it, for a message. */
    void tell(PrintStream err) {
        err.println("The scratch environment " + prefix(spec)
                + " is left as it is: --keep was given. `docker ps` shows it; the next"
                + " `./foundation verify --restore` takes it away.");
    }
}
