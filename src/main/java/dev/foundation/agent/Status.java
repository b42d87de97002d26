package dev.foundation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.backup.BackupReport;
import dev.foundation.stream.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/** What {@code pulumi refresh} and {@code ./foundation status} show of the last run, in a file of the agent's volume. */
final class Status {
    private static final JsonMapper JSON = new JsonMapper();

    private Status() {}

    static void write(Path file, Instant began, BackupReport report) throws IOException {
        ObjectNode status = JSON.createObjectNode();
        status.put("lastRun", began.toString());
        status.put("lastResult", report.verdict().name().toLowerCase(Locale.ROOT));
        status.put(
                "newestPoint",
                report.seal().map(seal -> seal.seal().point().toString()).orElseGet(() -> newest(file)));
        WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(status));
    }

    /** A failed run leaves the newest point as it was. */
    private static String newest(Path file) {
        return read(file).path("newestPoint").asText("");
    }

    /** What was written last; a missing node before the first run. */
    static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
