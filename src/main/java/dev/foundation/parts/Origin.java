package dev.foundation.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The note beside a finished part: its key, where it came from. It is the last file written into a part.
 *
 * @param key name, version and hash of the recipe
 * @param from one phrase for people, such as {@code built here from package registries}
 */
record Origin(String key, String from) {
    static final String FILE = "foundation-origin";
    static final String BUILT = "built here from package registries";
    static final String OFFICIAL = "its makers' release";

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), "key=" + key + "\nfrom=" + from + "\n");
    }

    static Optional<Origin> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return Optional.of(new Origin(values.getOrDefault("key", ""), values.getOrDefault("from", "")));
    }
}
