package dev.foundation.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the docker command is. */
public final class DockerProgram {
    private DockerProgram() {}

    /** Java would look in its own process's PATH, not in that of the environment given. */
    public static Optional<Path> find(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1))
                .map(folder -> Path.of(folder, "docker"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
