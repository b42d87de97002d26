package dev.foundation;

import java.util.Map;

/** The one place that wires things; it opens one of three doors: the Pulumi program, the resource provider, the command line. */
public final class Main {
    /** Which door a process was started for. */
    enum Door {
        PROGRAM,
        PROVIDER,
        CLI
    }

    private Main() {}

    public static void main(String[] args) {
        // Before anything touches the common pool: the Pulumi SDK's wait loop starves it where it has one thread
        // (two-core machines).
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "8");
        switch (door(args, System.getenv())) {
            case PROGRAM -> throw new UnsupportedOperationException("the program is wired here");
            case PROVIDER -> throw new UnsupportedOperationException("the provider is wired here");
            case CLI -> throw new UnsupportedOperationException("the command line is wired here");
        }
    }

    /** Pulumi's language host starts the jar without arguments and tells it where the engine listens. */
    static Door door(String[] args, Map<String, String> environment) {
        if (args.length > 0 && args[0].equals("provider")) {
            return Door.PROVIDER;
        }
        return args.length == 0 && environment.containsKey("PULUMI_MONITOR") ? Door.PROGRAM : Door.CLI;
    }
}
