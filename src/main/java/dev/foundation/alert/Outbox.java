package dev.foundation.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.bundle.BundleId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Alerts that have not arrived, in one file: a line of JSON each, oldest first, at most 200 (then the oldest go: newer ones say more of how things are).
 * It survives restarts; where the disk is full it goes on in memory. Safe for use by many threads.
 */
public final class Outbox {
    static final int MOST = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long last;

    private Outbox(Path file) {
        this.file = file;
    }

    /** @param channel the {@link Channel#name} that it is for */
    record Entry(String channel, Alert alert) {}

    /** Reads {@code alerts-undelivered.jsonl} in this folder; a line that cannot be read is left out. */
    public static Outbox in(Path folder) throws IOException {
        Files.createDirectories(folder);
        var outbox = new Outbox(folder.resolve("alerts-undelivered.jsonl"));
        if (Files.exists(outbox.file)) {
            String text = new String(Files.readAllBytes(outbox.file), StandardCharsets.UTF_8);
            synchronized (outbox) {
                text.lines().forEach(line -> parse(line).ifPresent(entry -> outbox.entries.put(++outbox.last, entry)));
            }
        }
        return outbox;
    }

    /** How many alerts wait. */
    public synchronized int size() {
        return entries.size();
    }

    /** @return its number. In memory only until {@link #save} */
    synchronized long add(Entry entry) {
        entries.put(++last, entry);
        while (entries.size() > MOST) {
            entries.pollFirstEntry();
        }
        return last;
    }

    synchronized void remove(long number) {
        entries.remove(number);
    }

    /** Those for a channel, oldest first, by number. */
    synchronized Map<Long, Entry> waiting(String channel) {
        var found = new TreeMap<Long, Entry>();
        entries.forEach((number, entry) -> {
            if (entry.channel().equals(channel)) {
                found.put(number, entry);
            }
        });
        return found;
    }

    /** Writes the file anew, beside the old one first: a crash leaves one of the two. */
    synchronized void save() throws IOException {
        var text = new StringBuilder();
        entries.values().forEach(entry -> text.append(line(entry)).append('\n'));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (var channel = FileChannel.open(
                fresh,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer content = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(Entry entry) {
        Alert alert = entry.alert();
        ObjectNode node = JSON.createObjectNode()
                .put("channel", entry.channel())
                .put("level", alert.level().name())
                .put("title", alert.title())
                .put("body", alert.body())
                .put("job", alert.job())
                .put("instance", alert.instance())
                .put("at", alert.at().toString());
        alert.point().ifPresent(point -> node.put("point", point.toString()));
        return node.toString();
    }

    private static Optional<Entry> parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            String point = node.path("point").asText();
            return Optional.of(new Entry(
                    node.required("channel").asText(),
                    new Alert(
                            Alert.Level.valueOf(node.required("level").asText()),
                            node.required("title").asText(),
                            node.required("body").asText(),
                            node.required("job").asText(),
                            node.required("instance").asText(),
                            point.isEmpty() ? Optional.empty() : Optional.of(BundleId.of(point)),
                            Instant.parse(node.required("at").asText()))));
        } catch (JsonProcessingException | RuntimeException e) { // cut by a crash, or of another version
            return Optional.empty();
        }
    }
}
