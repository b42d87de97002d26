package dev.foundation.plugin.forgejo;

import dev.foundation.docker.ContainerExec;
import dev.foundation.docker.DockerCli;
import dev.foundation.forgejo.ForgejoCommand;
import dev.foundation.forgejo.RunnerSecret;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Problems;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A runner made known to Forgejo by a secret that both share, without a network between them. Forgejo only: Gitea has no such command. */
public final class RunnerRegistration
        implements ResourceHandler<RunnerRegistration.Inputs, RunnerRegistration.Outputs> {
    private final Server.Place place;

    public RunnerRegistration(DockerCli docker) {
        this((container, runAs) -> new ContainerExec(docker, container, runAs));
    }

    RunnerRegistration(Server.Place place) {
        this.place = place;
    }

    /**
     * @param container Forgejo's, running
     * @param runAs the user that Forgejo runs as
     * @param scope owner, or owner/repository; the whole server where absent
     * @param secret 40 hexadecimal digits ({@code RandomSecret} of kind {@code hex}, length 20)
     * @param secretFile path in Forgejo's container of a file with just the secret ({@code VolumeFiles} writes it); a newline at its end
     *     makes Forgejo refuse it
     */
    public record Inputs(
            String container,
            String runAs,
            String binary,
            String config,
            String name,
            Optional<String> scope,
            @Secret @ReplaceOnChange String secret,
            String secretFile) {
        @Override
        public String toString() {
            return "runner " + name;
        }
    }

    /** @param uuid under which Forgejo and the runner know it; not secret */
    public record Outputs(String uuid) {}

    @Override
    public String token() {
        return "foundation:index:RunnerRegistration";
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
    public List<Problem> check(Inputs inputs) {
        return new Problems()
                .filled("container", inputs.container())
                .filled("runAs", inputs.runAs())
                .filled("binary", inputs.binary())
                .filled("config", inputs.config())
                .filled("name", inputs.name())
                .unless(!inputs.name().startsWith("-"), "name", "must not start with '-'")
                .unless(
                        !inputs.scope().orElse("x").isBlank(),
                        "scope",
                        "must not be empty; leave it out for the whole server")
                .unless(
                        RunnerSecret.isValid(inputs.secret()),
                        "secret",
                        "must have 40 lower-case hexadecimal digits and nothing else")
                .unless(
                        inputs.secretFile().startsWith("/"),
                        "secretFile",
                        "must be an absolute path in Forgejo's container")
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        var exec = place.of(inputs.container(), inputs.runAs());
        new ForgejoCommand(exec, inputs.binary(), inputs.config())
                .registerRunner(inputs.name(), inputs.scope(), inputs.secretFile());
        var uuid = new RunnerSecret(inputs.secret()).uuid().toString();
        return new Created<>(uuid, new Outputs(uuid));
    }

    /** Forgejo's command line cannot be asked which runners there are, so what the state says stands. */
    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException("runner " + id
                    + " needs no import: declare it with its secret and run up, which registers it again");
        }
        return known;
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return create(inputs, run).outputs();
    }

    /** Forgejo's command line cannot unregister. Without its secret the runner cannot come back; its name stays in a list. */
    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) {
        run.warn("runner " + old.inputs().name()
                + " stays listed as offline in Forgejo; delete it there under Site administration, Actions, Runners");
    }
}
