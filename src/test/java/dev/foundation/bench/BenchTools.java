package dev.foundation.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs: those of the cache first (as {@code scripts/bench/run} and {@code ./foundation build} made them), then those of the path. */
final class BenchTools {
    private final Path cache;

    BenchTools(Path cache) {
        this.cache = cache;
    }

    Optional<Path> find(String name) {
        Path tools = cache.resolve("tools");
        if (Files.isDirectory(tools)) {
            try (Stream<Path> all = Files.list(tools)) {
                Optional<Path> built = all.filter(
                                each -> each.getFileName().toString().matches(name + "-[0-9].*"))
                        .map(each -> each.resolve(name))
                        .filter(Files::isExecutable)
                        .max(Comparator.comparing(each -> each.toFile().lastModified()));
                if (built.isPresent()) {
                    return built;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .filter(each -> !each.isEmpty())
                .map(each -> Path.of(each, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Path need(String name) throws IOException {
        return find(name).orElseThrow(() -> new IOException("there is no " + name
                + " in " + cache.resolve("tools") + " nor on the path: `./foundation build " + name
                + "` makes servers, `./foundation bench` its peers; age, zstd, gzip and tar are the system's"));
    }
}
