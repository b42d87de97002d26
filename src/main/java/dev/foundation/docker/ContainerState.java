package dev.foundation.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * How a container is.
 *
 * @param status Docker's word: created, running, restarting, paused, exited, dead
 * @param since when it was started last; empty if it never was
 * @param lastProbe what the last health check printed, cut to one line; empty without health check
 */
public record ContainerState(
        String name,
        String image,
        String status,
        Health health,
        Optional<Instant> since,
        int exitCode,
        boolean outOfMemory,
        int restarts,
        Optional<String> lastProbe) {
    /** What Docker's health check says. */
    public enum Health {
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    public boolean running() {
        return status.equals("running");
    }

    /** Running, and not known to be unwell. */
    public boolean well() {
        return running() && (health == Health.HEALTHY || health == Health.NONE);
    }

    /** Why it is not well, in a few words; empty if it is. */
    public Optional<String> complaint() {
        if (well()) {
            return Optional.empty();
        }
        if (!running()) {
            return Optional.of(
                    outOfMemory
                            ? "ended: out of memory"
                            : status + (status.equals("exited") ? " with code " + exitCode : ""));
        }
        return Optional.of(
                health == Health.STARTING
                        ? "starting"
                        : "unhealthy" + lastProbe.map(line -> ": " + line).orElse(""));
    }

    static ContainerState of(JsonNode json) {
        var state = json.path("State");
        var started = state.path("StartedAt").asText("");
        var log = state.path("Health").path("Log");
        return new ContainerState(
                json.path("Name").asText().replaceFirst("^/", ""),
                json.path("Config").path("Image").asText(),
                state.path("Status").asText(),
                health(state.path("Health").path("Status").asText("none")),
                // Docker's zero time.
                started.isEmpty() || started.startsWith("0001-")
                        ? Optional.empty()
                        : Optional.of(Instant.parse(started)),
                state.path("ExitCode").asInt(),
                state.path("OOMKilled").asBoolean(),
                json.path("RestartCount").asInt(),
                log.isEmpty()
                        ? Optional.empty()
                        : log.get(log.size() - 1)
                                .path("Output")
                                .asText()
                                .lines()
                                .findFirst());
    }

    private static Health health(String word) {
        return switch (word) {
            case "starting" -> Health.STARTING;
            case "healthy" -> Health.HEALTHY;
            case "unhealthy" -> Health.UNHEALTHY;
            default -> Health.NONE;
        };
    }
}
