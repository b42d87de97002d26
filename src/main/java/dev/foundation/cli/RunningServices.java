package dev.foundation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.artifact.forgejo.VolumeSwap;
import dev.foundation.artifact.postgres.Psql;
import dev.foundation.docker.ContainerExec;
import dev.foundation.docker.ContainerState;
import dev.foundation.docker.DockerCli;
import dev.foundation.event.RunEvent;
import dev.foundation.forgejo.ForgejoCommand;
import dev.foundation.kit.StackSecrets;
import dev.foundation.objectstore.S3Access;
import dev.foundation.process.Input;
import dev.foundation.recover.ContainerVault;
import dev.foundation.recover.ScratchVault;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import dev.foundation.spec.SpecDraft;
import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The services in their containers, under the names that the stack gives them. */
final class RunningServices implements LiveServices {
    private static final String POSTGRES_ADMIN = "postgres";
    private static final String FORGEJO_USER = "git";
    private static final int FORGEJO_ID = 1000;
    private static final Duration STOP = Duration.ofMinutes(3);
    private static final int TRIES = 180;

    private final Workspace workspace;
    private final SpecDraft draft;
    private final FoundationSpec spec;
    private final StackSecrets secrets;
    private final DockerCli docker;
    private Optional<Secret<String>> rootToken = Optional.empty();

    RunningServices(Workspace workspace, SpecDraft draft, StackSecrets secrets) {
        this.workspace = workspace;
        this.draft = draft;
        this.spec = draft.provisional();
        this.secrets = secrets;
        this.docker = new DockerCli(workspace.environment());
    }

    private String running(ServiceName service) throws IOException, InterruptedException {
        String name = spec.instance().named(service.container());
        if (!service.enabledIn(spec)) {
            throw new IOException(service.label() + " is switched off in Pulumi.foundation.yaml. Nothing was touched");
        }
        if (docker.container(name).filter(ContainerState::running).isEmpty()) {
            throw new IOException("the container " + name + " does not run: `./foundation up` brings it up");
        }
        return name;
    }

    /** Without a token. */
    static VaultClient vault(FoundationSpec spec) {
        return new VaultClient(address(spec, spec.vault().port()), () -> "");
    }

    private static URI address(FoundationSpec spec, int port) {
        String bound = spec.bindAddress();
        String host = bound.equals("0.0.0.0") || bound.equals("::") ? "127.0.0.1" : bound;
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    @Override
    public Psql postgres() throws IOException, InterruptedException {
        Psql psql = Psql.in(new ContainerExec(docker, running(ServiceName.POSTGRES), ""), POSTGRES_ADMIN);
        psql.ready();
        return psql;
    }

    @Override
    public boolean hasForgejo() {
        return ServiceName.FORGEJO.enabledIn(spec);
    }

    private String forgejoName() {
        return spec.instance().named(ServiceName.FORGEJO.container());
    }

    @Override
    public void stopForgejo() throws IOException, InterruptedException {
        docker.run("stop container " + forgejoName(), List.of("stop", forgejoName()), Input.NONE, STOP);
    }

    @Override
    public void startForgejo() throws IOException, InterruptedException {
        docker.run("start container " + forgejoName(), List.of("start", forgejoName()));
        for (int i = 0; i < TRIES; i++) {
            if (docker.container(forgejoName()).filter(ContainerState::well).isPresent()) {
                return;
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
        throw new IOException("Forgejo was started and is not healthy after " + TRIES + " s: `docker logs "
                + forgejoName() + "` says why");
    }

    @Override
    public ForgejoCommand forgejo() {
        return new ForgejoCommand(
                new ContainerExec(docker, forgejoName(), FORGEJO_USER), "/usr/local/bin/gitea", "/etc/gitea/app.ini");
    }

    @Override
    public VolumeSwap volume(Consumer<RunEvent> events) throws IOException, InterruptedException {
        return new VolumeSwap(
                docker,
                forgejoName() + "-data",
                workspace.preparation().image(spec, ServiceName.FORGEJO).value(),
                FORGEJO_ID,
                FORGEJO_ID,
                events);
    }

    @Override
    public S3Access objects() throws IOException, InterruptedException {
        String ignored = running(ServiceName.S3);
        JsonNode admin = vault().withToken(rootToken()::expose)
                .keyValue("foundation")
                .read("s3/admin-credentials")
                .orElseThrow(() -> new IOException(
                        "Vault has no foundation/s3/admin-credentials: run `./foundation up`, which writes it"))
                .data();
        return new S3Access(
                address(spec, spec.s3().port()),
                "us-east-1",
                admin.path("accessKey").asText(),
                admin.path("secretKey").asText());
    }

    @Override
    public VaultClient vault() {
        return vault(spec);
    }

    @Override
    public UnsealKeys unsealKeys() throws IOException {
        return UnsealKeys.parse(secrets.find(KeysKeeper.OUTPUT)
                .orElseThrow(() -> new IOException("foundation:" + KeysKeeper.OUTPUT
                        + " is not in Pulumi.foundation.yaml: `./foundation keys save` puts it there"))
                .expose());
    }

    @Override
    public Secret<String> rootToken() throws IOException, InterruptedException {
        if (rootToken.isEmpty()) {
            rootToken = Optional.of(workspace
                    .pulumi(draft, draft.site().orElseThrow())
                    .outputs()
                    .map(each -> each.path("vaultRootToken").asText()));
        }
        return rootToken.get();
    }

    @Override
    public void restartVault() throws IOException, InterruptedException {
        String name = running(ServiceName.VAULT);
        docker.run("restart container " + name, List.of("restart", name), Input.NONE, STOP);
    }

    @Override
    public ScratchVault scratchVault() throws IOException, InterruptedException {
        return ContainerVault.start(
                docker,
                spec.instance().value(),
                workspace.preparation().image(spec, ServiceName.VAULT).value());
    }
}
