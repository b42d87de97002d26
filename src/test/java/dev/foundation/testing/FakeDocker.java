package dev.foundation.testing;

import dev.foundation.docker.DockerCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * A docker that is a script: what a throw-away container would run over a volume runs on this machine, over a folder. Other calls are written down and
 * answered with nothing.
 */
public final class FakeDocker {
    private final Path calls;
    private final Path program;

    /** @param folder for the script. @param volume the folder that every volume is */
    public FakeDocker(Path folder, Path volume) throws IOException {
        calls = folder.resolve("calls");
        program = Files.createDirectories(folder.resolve("bin")).resolve("docker");
        Files.writeString(program, """
                #!/bin/bash
                if [ "$1" != run ]; then echo "$*" >> %1$s; exit 0; fi
                while [ "$1" != --entrypoint ]; do shift; done
                p=$2; shift 3
                args=(); for each; do args+=("${each//\\/foundation-files/%2$s}"); done
                exec "$p" "${args[@]}"
                """.formatted(calls, volume));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public DockerCli cli() {
        return new DockerCli(Map.of("PATH", program.getParent() + ":" + System.getenv("PATH")));
    }

    /** The calls that are not about a volume. */
    public List<String> calls() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }
}
