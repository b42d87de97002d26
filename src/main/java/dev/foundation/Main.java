package dev.foundation;

import dev.foundation.agent.AgentDoor;
import dev.foundation.cli.BuildCommand;
import dev.foundation.cli.Cli;
import dev.foundation.cli.DoctorCommand;
import dev.foundation.cli.OpenedContents;
import dev.foundation.cli.PartProgress;
import dev.foundation.cli.Terminal;
import dev.foundation.cli.Workspace;
import dev.foundation.parts.Locations;
import dev.foundation.parts.Workshop;
import dev.foundation.plugin.ProviderDoor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The one place that wires things; it opens one of four doors: the Pulumi program, the resource provider, the command line, the agent. */
public final class Main {
    /** Which door a process was started for. */
    enum Door {
        PROGRAM,
        PROVIDER,
        CLI,
        AGENT,
        TRAINING
    }

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Before anything touches the common pool: the Pulumi SDK's wait loop starves it where it has one thread
        // (two-core machines).
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "8");
        Map<String, String> environment = System.getenv();
        switch (door(arguments, environment)) {
            case PROGRAM -> new Program(environment, Path.of("").toAbsolutePath()).run();
            case PROVIDER ->
                System.exit(ProviderDoor.run(
                        Arrays.copyOfRange(arguments, 1, arguments.length), Providers.all(environment)));
            case CLI -> System.exit(cli(environment).run(arguments));
            case AGENT -> System.exit(AgentDoor.run(Arrays.copyOfRange(arguments, 1, arguments.length), System.out));
            case TRAINING -> {
                new Training(environment, repository(environment), Main::cli).run();
                System.exit(0); // threads of the Pulumi SDK would keep the process for a minute
            }
        }
    }

    /** Pulumi's language host starts the jar without arguments and tells it where the engine listens. */
    static Door door(String[] arguments, Map<String, String> environment) {
        if (arguments.length > 0 && arguments[0].equals("provider")) {
            return Door.PROVIDER;
        }
        if (arguments.length > 0 && arguments[0].equals("agent")) {
            return Door.AGENT;
        }
        if (arguments.length == 1 && arguments[0].equals("train")) {
            return Door.TRAINING;
        }
        return arguments.length == 0 && environment.containsKey("PULUMI_MONITOR") ? Door.PROGRAM : Door.CLI;
    }

    /** The launcher names it; without the launcher it is the folder above the jar's. */
    private static Path repository(Map<String, String> environment) {
        String home = environment.get("FOUNDATION_HOME");
        if (home != null) {
            return Path.of(home);
        }
        Path jar = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        return jar.resolve("../..").normalize();
    }

    private static Cli cli(Map<String, String> environment) {
        Locations locations = Locations.of(environment);
        BuildCommand.Opener workshop = () -> Workshop.open(environment, PartProgress.onStandardError());
        Terminal terminal = Terminal.ofProcess(environment);
        Workspace workspace =
                new Workspace(locations.repository(), environment, terminal, new PartsPreparation(workshop, locations));
        return new Cli(
                workspace,
                List.of(new DoctorCommand(workshop), new BuildCommand(workshop)),
                new OpenedContents(workspace));
    }
}
