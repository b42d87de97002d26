package dev.foundation.plugin.restore;

import dev.foundation.docker.ContainerExec;
import dev.foundation.docker.DockerCli;
import dev.foundation.docker.Exec;
import dev.foundation.forgejo.ForgejoCommand;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Problems;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What Forgejo's files and database alone do not bring back: hooks and keys are written anew, and what its doctor finds is told. */
public final class ForgejoRepair implements ResourceHandler<ForgejoRepair.Inputs, ForgejoRepair.Outputs> {
    private final Place place;

    /** Where Forgejo's command line runs. */
    interface Place {
        Exec of(String container, String runAs);
    }

    public ForgejoRepair(DockerCli docker) {
        this((container, runAs) -> new ContainerExec(docker, container, runAs));
    }

    ForgejoRepair(Place place) {
        this.place = place;
    }

    /**
     * @param container Forgejo's, running
     * @param binary path of {@code forgejo} or {@code gitea} in it
     * @param config path of {@code app.ini} in it
     * @param runAs the user that Forgejo runs as
     * @param point that was restored; another one repairs again
     */
    public record Inputs(String container, String binary, String config, String runAs, String point) {}

    /**
     * @param findings lines of the doctor that are a warning or an error
     * @param seconds that it took
     */
    public record Outputs(List<String> findings, long seconds) {}

    @Override
    public String token() {
        return "foundation:index:ForgejoRepair";
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
                .filled("binary", inputs.binary())
                .filled("config", inputs.config())
                .filled("runAs", inputs.runAs())
                .filled("point", inputs.point())
                .list();
    }

    /** Only another point asks for another repair. */
    @Override
    public boolean isSettled(String input, Inputs inputs, Outputs state) {
        return !input.equals("point");
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        var told = new Told(run, InstantSource.system());
        var forgejo =
                new ForgejoCommand(place.of(inputs.container(), inputs.runAs()), inputs.binary(), inputs.config());
        for (String what : List.of("hooks", "keys")) {
            run.info("regenerating " + what);
            forgejo.regenerate(what);
        }
        run.info("asking the doctor");
        List<String> findings = forgejo.doctor();
        findings.forEach(each -> run.warn("after the restore, Forgejo's doctor says: " + each));
        return new Created<>(inputs.container(), new Outputs(findings, told.seconds()));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException(token() + " " + id + " cannot be imported: declare it and run up");
        }
        return known;
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return create(inputs, run).outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) {}
}
