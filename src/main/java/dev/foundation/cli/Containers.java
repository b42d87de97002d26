package dev.foundation.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foundation.docker.DockerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Asks the Docker CLI about containers. Changes nothing. */
final class Containers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 160;

    private final Map<String, String> environment;

    /** @param environment for {@code DOCKER_HOST} and {@code PATH} */
    Containers(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The containers of these names that there are, by name.
     *
     * @throws NotVerified if Docker does not answer
     */
    Map<String, ContainerState> inspect(List<String> names) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("container", "inspect"));
        command.addAll(names);
        return parse(run(command));
    }

    /** Names of the containers that are labelled as this instance's, running or not. */
    List<String> ofInstance(String instance) throws IOException, InterruptedException {
        return lines(List.of(
                "ps", "--all", "--format", "{{.Names}}", "--filter", "label=dev.foundation.instance=" + instance));
    }

    /** Names of all volumes of the engine. */
    List<String> volumes() throws IOException, InterruptedException {
        return lines(List.of("volume", "ls", "--format", "{{.Name}}"));
    }

    private List<String> lines(List<String> arguments) throws IOException, InterruptedException {
        return run(arguments).lines().filter(line -> !line.isBlank()).toList();
    }

    /** The name of the container that publishes this port on the host, if one does. */
    Optional<String> publisherOf(int port) throws IOException, InterruptedException {
        return run(List.of("ps", "--filter", "publish=" + port, "--format", "{{.Names}}"))
                .lines()
                .findFirst();
    }

    static Map<String, ContainerState> parse(String json) throws IOException {
        try {
            Map<String, ContainerState> found = new LinkedHashMap<>();
            for (JsonNode container : JSON.readTree(json.isBlank() ? "[]" : json)) {
                ContainerState state = state(container);
                found.put(state.name(), state);
            }
            return found;
        } catch (JacksonException e) {
            throw new NotVerified("docker inspect printed something that is no JSON");
        }
    }

    private static ContainerState state(JsonNode container) {
        JsonNode state = container.path("State");
        boolean running = state.path("Running").asBoolean();
        String health = state.path("Health").path("Status").asText("");
        String last = "";
        for (JsonNode check : state.path("Health").path("Log")) {
            last = check.path("Output").asText("");
        }
        String line = last.strip().replaceAll("\\s+", " ");
        SortedSet<Integer> ports = new TreeSet<>();
        for (JsonNode bindings : container.path("HostConfig").path("PortBindings")) {
            bindings.forEach(binding -> ports.add(binding.path("HostPort").asInt()));
        }
        return new ContainerState(
                container.path("Name").asText().replaceFirst("^/", ""),
                state.path("Status").asText(),
                health.isEmpty() || health.equals("none") ? Optional.empty() : Optional.of(health),
                line.substring(0, Math.min(SHOWN, line.length())),
                time(state.path(running ? "StartedAt" : "FinishedAt").asText()),
                image(container.path("Config")),
                state.path("ExitCode").asInt(),
                state.path("OOMKilled").asBoolean(),
                ports);
    }

    /** Our images label themselves with their bare name; a container's own label hides that with the whole reference. */
    private static String image(JsonNode config) {
        String label = config.path("Labels").path("dev.foundation.image").asText("");
        return label.contains(":") ? label : config.path("Image").asText();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(time -> time.isAfter(Instant.EPOCH));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(docker().toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new NotVerified("the docker command cannot be started: `./foundation doctor` says what is missing");
        }
        try {
            process.getOutputStream().close();
            StringBuilder errors = new StringBuilder();
            Thread reader = Thread.ofVirtual().start(() -> read(process, errors));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            reader.join();
            // "No such container" is an answer, although the exit code is 1.
            if (!ended || process.exitValue() != 0 && !errors.toString().contains("No such container")) {
                throw new NotVerified(
                        "Docker does not answer (" + errors.toString().strip()
                                + "): start it (systemctl start docker), or run `./foundation doctor`");
            }
            return output;
        } finally {
            process.destroy();
        }
    }

    private Path docker() throws NotVerified {
        return DockerProgram.find(environment)
                .orElseThrow(() ->
                        new NotVerified("the docker command is not there: `./foundation doctor` says what is missing"));
    }

    private static void read(Process process, StringBuilder into) {
        try {
            into.append(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            into.append("its error stream broke");
        }
    }
}
