package dev.foundation.agent;

import java.nio.file.Path;

/**
 * Where things are in the agent's container; in tests elsewhere.
 *
 * @param job the folder with the job's file, which {@code pulumi up} writes
 * @param secrets the folder with {@code role-id} and {@code secret-id}
 * @param state the agent's own volume
 * @param locks the host's folder with the run lock (S6)
 * @param postgresPrograms the folder of pg_dump
 */
public record AgentPlaces(Path job, Path secrets, Path state, Path locks, Path postgresPrograms) {
    public static AgentPlaces inContainer() {
        return new AgentPlaces(
                Path.of("/job"),
                Path.of("/run/secrets"),
                Path.of("/state"),
                Path.of("/locks"),
                Path.of("/usr/lib/postgresql/15/bin"));
    }

    Path statusFile() {
        return state.resolve("status.json");
    }
}
