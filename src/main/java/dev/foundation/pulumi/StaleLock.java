package dev.foundation.pulumi;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who locks a stack in a file backend (pulumi/pkg {@code backend/diy/lock.go}: one JSON file each, with process, host and moment). A run that was killed
 * leaves its lock; on the host where it ran it can be told that it is dead.
 */
final class StaleLock {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROJECT = "foundation";

    private StaleLock() {}

    /**
     * @param backend the folder of the file backend
     * @return the dead holders for people, if the stack is locked and all that lock it are dead processes of this host; else empty
     */
    static Optional<String> of(Path backend, String stack) throws IOException {
        List<Path> files = locks(backend, stack);
        StringBuilder holders = new StringBuilder();
        for (Path each : files) {
            JsonNode lock;
            try {
                lock = JSON.readTree(Files.readAllBytes(each));
            } catch (JacksonException e) {
                return Optional.empty();
            }
            if (!dead(lock)) {
                return Optional.empty();
            }
            holders.append(holders.isEmpty() ? "process " : ", process ")
                    .append(lock.path("pid").asLong());
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(holders.toString());
    }

    /** Nobody locks the stack, and its state still says what a killed run was at. */
    static boolean leftPending(Path backend, String stack) throws IOException {
        Path state = backend.resolve(".pulumi/stacks").resolve(PROJECT).resolve(stack + ".json");
        if (!locks(backend, stack).isEmpty() || !Files.exists(state)) {
            return false;
        }
        try {
            return !JSON.readTree(Files.readAllBytes(state))
                    .at("/checkpoint/latest/pending_operations")
                    .isEmpty();
        } catch (JacksonException e) {
            return false; // Pulumi says it better.
        }
    }

    private static List<Path> locks(Path backend, String stack) throws IOException {
        Path folder =
                backend.resolve(".pulumi/locks/organization").resolve(PROJECT).resolve(stack);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> each.toString().endsWith(".json")).toList();
        }
    }

    /** Its number may be another process's by now: that one began later. */
    private static boolean dead(JsonNode lock) throws UnknownHostException {
        Instant taken;
        try {
            taken = Instant.parse(lock.path("timestamp").asText(""));
        } catch (DateTimeParseException e) {
            return false;
        }
        return lock.path("hostname")
                        .asText("")
                        .equals(InetAddress.getLocalHost().getHostName())
                && ProcessHandle.of(lock.path("pid").asLong(-1))
                        .map(now -> now.info()
                                .startInstant()
                                .filter(taken::isBefore)
                                .isPresent())
                        .orElse(true);
    }
}
