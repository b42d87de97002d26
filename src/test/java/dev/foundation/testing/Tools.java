package dev.foundation.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real programs for integration tests: in the folder that the system property {@code foundation.tools} or the variable
 * {@code FOUNDATION_TOOLS} names, else on the PATH.
 */
public final class Tools {
    private Tools() {}

    /** The program, or a skipped test that says what is missing; a failure where {@code -Dfoundation.tools.required=true}. */
    public static Path need(String program) {
        Optional<Path> found = find(program);
        if (found.isEmpty()) {
            String missing = "SKIPPED: no " + program + " in foundation.tools, FOUNDATION_TOOLS or PATH";
            if (Boolean.getBoolean("foundation.tools.required")) {
                throw new AssertionError(missing);
            }
            System.out.println(missing);
            Assumptions.abort(missing);
        }
        return found.get();
    }

    public static Optional<Path> find(String program) {
        Stream<String> given = Stream.of(
                System.getProperty("foundation.tools", ""), System.getenv().getOrDefault("FOUNDATION_TOOLS", ""));
        Stream<String> path =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return Stream.concat(given, path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A port of the loopback interface that was free a moment ago. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
