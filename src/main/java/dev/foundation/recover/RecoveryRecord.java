package dev.foundation.recover;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.stream.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a recovery leaves as its proof, {@code evidence-<point>.json}: what was recovered where, and what each step took. */
public final class RecoveryRecord {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RecoveryRecord() {}

    /**
     * @param host this machine
     * @param services product and version of each, from the seal
     * @param restored seconds by restore step, as the stack's resources measured them
     * @param moment the point's
     */
    public static Path write(
            Path folder,
            Progress progress,
            String host,
            Map<String, String> services,
            Map<String, Long> restored,
            Instant moment,
            Instant now)
            throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("instance", progress.instance());
        root.put("host", host);
        root.put("point", progress.point());
        root.put("sequence", progress.sequence());
        root.put("epoch", progress.epoch());
        root.put("from", progress.from());
        root.put("began", progress.began());
        root.put("ended", now.toString());
        root.put(
                "rpoSeconds",
                Duration.between(moment, Instant.parse(progress.began())).toSeconds());
        root.put(
                "rtoSeconds",
                progress.millis().values().stream().mapToLong(each -> each).sum() / 1000);
        ObjectNode steps = root.putObject("steps");
        for (Progress.Step each : Progress.Step.values()) {
            if (progress.millis().containsKey(each.name())) {
                steps.put(each.name(), progress.millis().getOrDefault(each.name(), 0L) / 1000.0);
            }
        }
        ObjectNode resources = root.putObject("restoreSteps");
        new TreeMap<>(restored).forEach(resources::put);
        ObjectNode versions = root.putObject("services");
        new TreeMap<>(services).forEach(versions::put);
        progress.warnings().forEach(root.putArray("warnings")::add);
        Path file = folder.resolve("evidence-" + progress.point() + ".json");
        WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        return file;
    }

    /** How long the last recovery here took; empty if there was none. */
    public static Optional<Duration> last(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().matches("evidence-.*\\.json"))
                    .sorted()
                    .toList();
        }
        for (Path each : files.reversed()) {
            try {
                JsonNode seconds = JSON.readTree(Files.readAllBytes(each)).path("rtoSeconds");
                if (seconds.isIntegralNumber()) {
                    return Optional.of(Duration.ofSeconds(seconds.asLong()));
                }
            } catch (JacksonException e) {
                // An estimate is no reason to fail.
            }
        }
        return Optional.empty();
    }
}
