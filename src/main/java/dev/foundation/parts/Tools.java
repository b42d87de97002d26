package dev.foundation.parts;

import java.nio.file.Path;
import java.util.Map;

/**
 * The ready tools.
 *
 * @param pulumi the CLI's binary
 * @param environment what a process that runs {@code pulumi} must have on top of its own environment: {@code PATH} (JDK 25, CLI and
 *     language host first), {@code JAVA_HOME}, {@code FOUNDATION_HOME}, {@code PULUMI_HOME} and switches; no secrets, no backend
 */
public record Tools(Path pulumi, Map<String, String> environment) {
    public Tools {
        environment = Map.copyOf(environment);
    }
}
