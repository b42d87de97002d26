package dev.foundation.pulumi;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds real tools for tests: in the folder {@code -Dfoundation.tools} or {@code FOUNDATION_TOOLS}, then in {@code PATH}. Where one is
 * missing, the test says so and is skipped; with {@code -Dfoundation.tools.required=true} it fails.
 */
public final class TestTools {
    private TestTools() {}

    public static Path find(String name) {
        String folders = Stream.of(
                        System.getProperty("foundation.tools"),
                        System.getenv("FOUNDATION_TOOLS"),
                        System.getenv("PATH"))
                .filter(folder -> folder != null && !folder.isEmpty())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElse("");
        Optional<Path> found = Stream.of(folders.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            String message = "not run: the tool " + name + " is not here (-Dfoundation.tools=<folder>)";
            System.out.println(message);
            if (Boolean.getBoolean("foundation.tools.required")) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        return found.orElseThrow();
    }
}
