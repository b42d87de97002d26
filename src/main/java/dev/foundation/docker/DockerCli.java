package dev.foundation.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foundation.docker.DockerException.Kind;
import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The docker command on the PATH. Stateless; safe for many threads. */
public final class DockerCli {
    private static final Duration QUICK = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Map<String, String> environment;
    private final String program;

    /** @param environment added to the process's own, such as {@code DOCKER_HOST}; where it has a {@code PATH}, docker is looked for there */
    public DockerCli(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.program = environment.containsKey("PATH")
                ? DockerProgram.find(environment).map(Path::toString).orElse("docker")
                : "docker"; // Java looks in its own process's PATH
    }

    /**
     * Runs {@code docker <args>} and wants it to succeed.
     *
     * @param action what is being done and to what, for the error, such as {@code "create container x"}
     * @throws DockerException if Docker failed, with its kind
     */
    public Finished run(String action, List<String> args, Input input, Duration timeout)
            throws IOException, InterruptedException {
        var result = attempt(args, input, timeout);
        if (!result.ok()) {
            throw DockerErrors.of(action, result.errors());
        }
        return result;
    }

    public Finished run(String action, List<String> args) throws IOException, InterruptedException {
        return run(action, args, Input.NONE, QUICK);
    }

    /** Runs {@code docker <args>}; a failure is a result. */
    public Finished attempt(List<String> args, Input input, Duration timeout) throws IOException, InterruptedException {
        var all = new ArrayList<String>();
        all.add(program);
        all.addAll(args);
        try {
            return Processes.run(Command.of(all)
                    .withEnvironment(environment)
                    .withInput(input)
                    .within(timeout));
        } catch (IOException e) {
            if (e.getCause() instanceof IOException cause
                    && String.valueOf(cause.getMessage()).contains("error=2")) {
                throw new DockerException(
                        Kind.NOT_INSTALLED, "the docker command is not on the PATH; install Docker", e);
            }
            throw e;
        }
    }

    /**
     * What Docker knows of an object; empty if there is none of that name.
     *
     * @param type {@code container}, {@code volume}, {@code image} or {@code network}
     */
    public Optional<JsonNode> inspect(String type, String name) throws IOException, InterruptedException {
        var result = attempt(List.of("inspect", "--type", type, name), Input.NONE, QUICK);
        if (!result.ok()) {
            String errors = result.errors().toLowerCase(Locale.ROOT);
            if (errors.contains("no such ")
                    || errors.contains(type + " " + name.toLowerCase(Locale.ROOT) + " not found")) {
                return Optional.empty(); // of a network the engine speaks in other words
            }
            throw DockerErrors.of("inspect " + type + " " + name, result.errors());
        }
        try {
            return Optional.ofNullable(JSON.readTree(result.output()).get(0));
        } catch (JsonProcessingException e) {
            throw new DockerException(Kind.OTHER, "inspect " + type + " " + name + ": docker answered no JSON", e);
        }
    }

    /** The container's state; empty if there is no such container. */
    public Optional<ContainerState> container(String name) throws IOException, InterruptedException {
        return inspect("container", name).map(ContainerState::of);
    }
}
