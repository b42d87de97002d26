package dev.foundation.cli;

import dev.foundation.parts.BuildPlan;
import dev.foundation.parts.SiteProbe;
import dev.foundation.parts.Workshop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code build}: makes parts ready ahead of time. What is there is left alone. */
@Command(
        name = "build",
        description = {
            "Make tools, plugins and images ready ahead of time; what is there is left alone.",
            "Without arguments: all that up needs here. rustfs takes about 50 minutes on two cores."
        })
public final class BuildCommand implements Callable<Integer> {
    /** Opens the workshop when the command runs, not when help is printed. */
    @FunctionalInterface
    public interface Opener {
        Workshop open() throws IOException;
    }

    private final Opener opener;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "PART",
            description = "docker, tools, plugins, a tool, an image's service, or all (RustFS included)")
    private List<String> parts = new ArrayList<>();

    @Option(names = "--for-tests", description = "All that the integration tests use here.")
    private boolean forTests;

    public BuildCommand(Opener opener) {
        this.opener = opener;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Workshop workshop = opener.open();
        SiteProbe.Result site = workshop.probe().probe();
        var plan = new BuildPlan(workshop, site.site());
        List<String> unknown =
                parts.stream().filter(part -> !plan.names().contains(part)).toList();
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no part here is called " + String.join(", ", unknown) + "; there are: "
                            + String.join(", ", plan.names()));
        }
        spec.commandLine().getErr().println(site.line());
        spec.commandLine().getErr().flush();
        if (forTests) {
            plan.prepareForTests();
        } else {
            plan.prepare(parts.isEmpty() ? plan.forUp() : parts);
        }
        spec.commandLine().getOut().println("everything asked for is ready");
        return 0;
    }
}
