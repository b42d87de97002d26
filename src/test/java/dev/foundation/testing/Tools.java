package dev.foundation.testing;

import dev.foundation.parts.Locations;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real programs for integration tests: in the folder that the system property {@code foundation.tools} or the variable
 * {@code FOUNDATION_TOOLS} names, else on the PATH, else as {@code ./foundation build} has made it.
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
                        System.getProperty("foundation.tools", ""),
                        System.getenv().getOrDefault("FOUNDATION_TOOLS", ""),
                        System.getenv().getOrDefault("PATH", ""))
                .flatMap(each -> Arrays.stream(each.split(File.pathSeparator)))
                .filter(folder -> !folder.isEmpty());
        return Stream.concat(given.map(Path::of), built(program).stream())
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Folders of the cache in which {@code ./foundation build} has put this program, newest first. */
    private static List<Path> built(String program) {
        Path tools = Locations.of(System.getenv()).tools();
        try (Stream<Path> folders = Files.list(tools)) {
            return folders.filter(each -> each.getFileName().toString().matches(Pattern.quote(program) + "-[0-9].*"))
                    .sorted(Comparator.comparing((Path each) -> each.toFile().lastModified())
                            .reversed())
                    .toList();
        } catch (IOException e) {
            return List.of(); // nothing has been built here
        }
    }

    /** A port of the loopback interface that was free a moment ago. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
