package dev.foundation.plugin.restore;

import dev.foundation.artifact.postgres.PostgresRestorer;
import dev.foundation.artifact.postgres.Psql;
import dev.foundation.bundle.Names;
import dev.foundation.docker.ContainerExec;
import dev.foundation.docker.DockerCli;
import dev.foundation.plugin.Patience;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Stable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** Roles and databases as of the point, in a cluster that was just made. */
public final class PostgresRestore extends RestoreStep<PostgresRestore.Inputs, PostgresRestore.Outputs> {
    private final DockerCli docker;

    public PostgresRestore(DockerCli docker) {
        this.docker = docker;
    }

    /**
     * @param container Postgres's, running
     * @param user the superuser, reached by the socket in the container
     */
    public record Inputs(RestoreSource source, String container, String user) {
        @Override
        public String toString() {
            return source.toString();
        }
    }

    /**
     * @param databases how many the cluster has now
     * @param bytes of the script
     * @param seconds that it took
     */
    public record Outputs(
            @Stable String point,
            @Stable int databases,
            @Stable long bytes,
            @Stable long seconds) {}

    @Override
    public String token() {
        return "foundation:index:PostgresRestore";
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
                .filled("container", inputs.container())
                .filled("user", inputs.user())
                .unless(!inputs.user().startsWith("-"), "user", "must not start with '-'")
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        var told = new Told(run, InstantSource.system());
        var staged = inputs.source().open();
        var entry = staged.entry(Names.POSTGRES);
        Psql psql = Psql.in(new ContainerExec(docker, inputs.container(), ""), inputs.user());
        Patience.wait(Patience.USUAL, run, _ -> true, () -> {
            psql.ready();
            return true;
        });
        var restored = new PostgresRestorer(psql, told)
                .restore(inputs.source().mark(), staged.artifact(Names.POSTGRES), entry.facts());
        return new Created<>(
                inputs.container(),
                new Outputs(inputs.source().point(), restored.databases(), restored.bytes(), told.seconds()));
    }
}
