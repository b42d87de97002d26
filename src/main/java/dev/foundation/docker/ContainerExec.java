package dev.foundation.docker;

import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a program in a running container, as one of its users.
 *
 * @param user empty for the container's own
 */
public record ContainerExec(DockerCli docker, String container, String user) implements Exec {
    @Override
    public Finished run(List<String> args, Input input, Duration timeout) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("exec"));
        if (!input.equals(Input.NONE)) {
            all.add("--interactive");
        }
        if (!user.isEmpty()) {
            all.addAll(List.of("--user", user));
        }
        all.add(container);
        all.addAll(args);
        var result = docker.attempt(all, input, timeout);
        // docker exec answers with the program's own exit code, so only its own complaints are told apart here.
        if (!result.ok() && fromDocker(result.errors())) {
            throw DockerErrors.of("run a command in container " + container, result.errors());
        }
        return result;
    }

    private static boolean fromDocker(String errors) {
        return errors.startsWith("Error response from daemon:")
                || errors.startsWith("Error: No such container")
                || errors.contains("Cannot connect to the Docker daemon");
    }
}
