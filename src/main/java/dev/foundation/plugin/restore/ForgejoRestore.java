package dev.foundation.plugin.restore;

import dev.foundation.artifact.forgejo.ForgejoRestorer;
import dev.foundation.bundle.Names;
import dev.foundation.docker.DockerCli;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Stable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** Forgejo's files as of the point, in a volume that was just made, with owners, modes and links. Before Forgejo is started. */
public final class ForgejoRestore extends RestoreStep<ForgejoRestore.Inputs, ForgejoRestore.Outputs> {
    private final DockerCli docker;

    public ForgejoRestore(DockerCli docker) {
        this.docker = docker;
    }

    /**
     * @param volume Forgejo's data
     * @param image Forgejo's or any other on this machine; a container is made of it to reach the volume
     * @param uid Forgejo's user in its image, who must own what is restored
     * @param gid its group
     */
    public record Inputs(RestoreSource source, String volume, String image, int uid, int gid) {
        @Override
        public String toString() {
            return source.toString();
        }
    }

    /**
     * @param entries files, folders and links that were written
     * @param bytes of the files
     * @param seconds that it took
     */
    public record Outputs(
            @Stable String point,
            @Stable long entries,
            @Stable long bytes,
            @Stable long seconds) {}

    @Override
    public String token() {
        return "foundation:index:ForgejoRestore";
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
                .filled("volume", inputs.volume())
                .filled("image", inputs.image())
                .unless(inputs.uid() >= 0, "uid", "must not be below 0")
                .unless(inputs.gid() >= 0, "gid", "must not be below 0")
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        var told = new Told(run, InstantSource.system());
        var staged = inputs.source().open();
        var entry = staged.entry(Names.FORGEJO);
        var restored = new ForgejoRestorer(docker, inputs.volume(), inputs.image(), told)
                .restore(
                        inputs.source().mark(),
                        staged.artifact(Names.FORGEJO),
                        entry.facts(),
                        inputs.uid(),
                        inputs.gid());
        return new Created<>(
                inputs.volume(),
                new Outputs(inputs.source().point(), restored.entries(), restored.bytes(), told.seconds()));
    }
}
