package dev.foundation.plugin;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The provider's command line, as the engine starts it: {@code [package] [flags] [engine address]}; it serves until it is killed. */
public final class ProviderDoor {
    private ProviderDoor() {}

    /**
     * Serves the package named by the first argument, or else the first package. Prints the port, and nothing else, on standard output.
     *
     * @return the exit code
     */
    public static int run(String[] arguments, ProviderPackage... packages) throws IOException, InterruptedException {
        Optional<String> first = Arrays.stream(arguments).findFirst().filter(argument -> argument.matches("[a-z]+"));
        ProviderPackage served = packages[0];
        if (first.isPresent()) {
            String name = first.get();
            Optional<ProviderPackage> named = Arrays.stream(packages)
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst();
            if (named.isEmpty()) {
                System.err.println("no provider \"" + name + "\" here; there are: "
                        + Arrays.stream(packages).map(ProviderPackage::name).collect(Collectors.joining(", ")));
                return 2;
            }
            served = named.get();
        }
        String engine = Arrays.stream(arguments)
                .filter(argument -> argument.matches("[^-=]+:[0-9]+"))
                .findFirst()
                .orElse("");
        try (var server = ProviderServer.start(served, engine)) {
            System.out.println(server.port());
            System.out.flush();
            // Whatever a library might print later must not reach the engine as this provider's output.
            System.setOut(System.err);
            if (!engine.isEmpty()) {
                // An engine that was killed cannot end its providers.
                ProcessHandle.current().parent().ifPresent(ProviderDoor::endWith);
            }
            server.await();
        }
        return 0;
    }

    private static void endWith(ProcessHandle parent) {
        var ignored = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(0));
    }
}
