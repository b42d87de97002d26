package dev.foundation;

import dev.foundation.plugin.ProviderDoor;
import java.nio.file.Path;
import java.util.Arrays;

/** The one place that wires things; it opens one of three doors: the Pulumi program, the resource provider, the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        // Before anything touches the common pool: the Pulumi SDK's wait loop starves it where it has one thread
        // (two-core machines).
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "8");
        if (arguments.length == 0 && System.getenv("PULUMI_MONITOR") != null) {
            new Program(System.getenv(), Path.of("").toAbsolutePath()).run();
        } else if (arguments.length > 0 && arguments[0].equals("provider")) {
            System.exit(ProviderDoor.run(
                    Arrays.copyOfRange(arguments, 1, arguments.length), Providers.all(System.getenv())));
        }
    }
}
