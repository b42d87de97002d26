package dev.foundation.plugin.restore;

import dev.foundation.artifact.vault.ContainerHome;
import dev.foundation.artifact.vault.VaultRestorer;
import dev.foundation.bundle.Names;
import dev.foundation.docker.DockerCli;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import dev.foundation.plugin.Stable;
import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/** Vault's data as of the point, in a Vault that was just started with an empty volume, unsealed with the keys of that time. */
public final class VaultRestore extends RestoreStep<VaultRestore.Inputs, VaultRestore.Outputs> {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/ ]+/?");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private final DockerCli docker;

    public VaultRestore(DockerCli docker) {
        this.docker = docker;
    }

    /**
     * @param container Vault's, running
     * @param volume Vault's data
     * @param image of Vault, on this machine
     * @param unsealKeys those that belong to the snapshot
     */
    public record Inputs(
            RestoreSource source,
            String address,
            String container,
            String volume,
            String image,
            @Secret List<String> unsealKeys) {
        @Override
        public String toString() {
            return source.toString();
        }
    }

    /**
     * @param bytes of the snapshot
     * @param seconds that it took
     */
    public record Outputs(
            @Stable String point,
            @Stable long bytes,
            @Stable long seconds) {}

    @Override
    public String token() {
        return "foundation:index:VaultRestore";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    RestoreSource source(Inputs inputs) {
        return inputs.source();
    }

    @Override
    String point(Outputs outputs) {
        return outputs.point();
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        return inputs.source()
                .check()
                .matching("address", inputs.address(), ADDRESS, "a URL without a path, such as http://127.0.0.1:8200")
                .filled("container", inputs.container())
                .filled("volume", inputs.volume())
                .filled("image", inputs.image())
                .unless(!inputs.unsealKeys().isEmpty(), "unsealKeys", "must be a threshold of the original keys")
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        var told = new Told(run, InstantSource.system());
        var staged = inputs.source().open();
        var entry = staged.entry(Names.VAULT);
        long bytes = new VaultRestorer(
                        new VaultClient(URI.create(inputs.address()), () -> ""),
                        new ContainerHome(docker, inputs.container(), inputs.volume(), inputs.image()),
                        PATIENCE,
                        told)
                .restore(inputs.source().mark(), staged.artifact(Names.VAULT), entry.facts(), inputs.unsealKeys());
        return new Created<>(inputs.volume(), new Outputs(inputs.source().point(), bytes, told.seconds()));
    }
}
