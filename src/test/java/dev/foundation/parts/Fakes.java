package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cache folder, scripts in place of real programs, and the events that came. */
final class Fakes {
    final Path root;
    final Path bin;
    final Locations locations;
    final List<PartEvent> events = new CopyOnWriteArrayList<>();

    Fakes(Path root) throws IOException {
        this.root = root;
        this.bin = Files.createDirectories(root.resolve("bin"));
        this.locations = new Locations(
                Files.createDirectories(root.resolve("repo")),
                root.resolve("cache"),
                root.resolve("state"),
                root.resolve("config"));
    }

    /** A program on the path: a POSIX shell script. */
    Fakes program(String name, String script) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + file);
        }
        return this;
    }

    Machine machine(boolean root, Map<String, String> more) {
        var environment = new java.util.HashMap<>(Map.of("PATH", bin.toString()));
        environment.putAll(more);
        return new Machine(environment, root);
    }

    /** With the real system's programs behind ours, so that scripts have cat and mkdir. */
    Machine wholeMachine() {
        return machine(true, Map.of("PATH", bin + ":/usr/bin:/bin"));
    }

    PartBuilder builder() {
        return new PartBuilder(locations, wholeMachine(), new SystemPackages(wholeMachine(), events::add), events::add);
    }

    Recipe recipe(String part, String script) throws IOException {
        Path folder = Files.createDirectories(root.resolve("recipes").resolve(part));
        Files.writeString(folder.resolve("build"), "set -eu\n" + script + "\n");
        return new Recipe(part, "1.0.0", folder, Duration.ofSeconds(7), List.of());
    }

    List<String> lines(String file) throws IOException {
        Path path = root.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : new ArrayList<>();
    }

    <E extends PartEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<String> notes() {
        return events(PartEvent.Noted.class).stream().map(PartEvent.Noted::text).toList();
    }
}
