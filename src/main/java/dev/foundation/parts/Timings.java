package dev.foundation.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How long each part took on this machine the last time: the honest estimate for the next. Losing it costs nothing. */
final class Timings {
    private final Path folder;

    Timings(Locations locations) {
        this.folder = locations.cache().resolve("timings");
    }

    Optional<Duration> last(String what) {
        try {
            return Optional.of(Duration.ofSeconds(
                    Long.parseLong(Files.readString(folder.resolve(what)).strip())));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    void record(String what, Duration took) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(what), Math.max(1, took.toSeconds()) + "\n");
    }
}
