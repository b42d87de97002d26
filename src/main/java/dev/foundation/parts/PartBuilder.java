package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Builds parts into the cache. A part is finished or not there: it is built in a folder of its own and renamed at the end. A part that is
 * there is never built again, one that several processes want is built by one of them.
 */
final class PartBuilder {
    private final Locations locations;
    private final Machine machine;
    private final SystemPackages packages;
    private final Timings timings;
    private final Consumer<PartEvent> events;

    PartBuilder(Locations locations, Machine machine, SystemPackages packages, Consumer<PartEvent> events) {
        this.locations = locations;
        this.machine = machine;
        this.packages = packages;
        this.timings = new Timings(locations);
        this.events = events;
    }

    Path folder(Recipe recipe) throws IOException {
        return locations.tools().resolve(recipe.key());
    }

    boolean isReady(Recipe recipe) throws IOException {
        return Files.isDirectory(folder(recipe));
    }

    Duration estimate(Recipe recipe) {
        return timings.last(recipe.part()).orElse(recipe.estimate());
    }

    /**
     * The finished part's folder, built now if it is not there yet.
     *
     * @throws PartUnavailable if it can't be built; the cache is as before
     */
    Path prepare(Recipe recipe) throws IOException, InterruptedException {
        Path folder = folder(recipe);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        packages.need(recipe.needs(), "building " + recipe.title());
        Path lock = locations.cache().resolve("locks").resolve(recipe.key() + ".lock");
        try (var held = PartLock.take(
                lock,
                () -> events.accept(new PartEvent.Noted(
                        recipe.title(),
                        recipe.title() + " is being built by another run of this program; waiting for it")))) {
            if (!Files.isDirectory(folder)) {
                build(recipe, folder);
            }
            return folder;
        } catch (IOException e) {
            throw Diagnosis.of(recipe.title(), locations.cache(), e);
        }
    }

    private void build(Recipe recipe, Path folder) throws IOException, InterruptedException {
        Path unfinished = locations.cache().resolve("unfinished");
        Path out = unfinished.resolve(recipe.key());
        Path work = unfinished.resolve(recipe.key() + ".work");
        Path log = locations.logs().resolve(recipe.key() + ".log");
        Folders.remove(out);
        Files.createDirectories(out);
        Files.createDirectories(work);
        long start = System.nanoTime();
        events.accept(new PartEvent.Started(recipe.title(), "building", java.util.Optional.of(estimate(recipe))));
        boolean done = false;
        try {
            var command = new Command(
                    List.of(
                            "sh",
                            recipe.folder().resolve("build").toString(),
                            out.toString(),
                            recipe.version(),
                            work.toString()),
                    recipe.folder(),
                    environment());
            Command.Outcome outcome = command.run(new BuildProgress(recipe.title(), events), log);
            if (!outcome.ok()) {
                throw Diagnosis.of(recipe.title(), locations.cache(), outcome, log);
            }
            new Origin(recipe.key(), Origin.BUILT).write(out);
            Files.createDirectories(locations.tools());
            Files.move(out, folder, StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done) {
                Folders.remove(out);
            }
        }
        Folders.remove(work);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        timings.record(recipe.part(), took);
        events.accept(new PartEvent.Finished(recipe.title(), took));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", machine.path());
        environment.put("JAVA_HOME", Workshop.javaHome().toString());
        // A temporary file of a compiler on a small /tmp is a common way to a full disk.
        environment.put("GOTMPDIR", temporary().toString());
        environment.put("CARGO_TERM_PROGRESS_WHEN", "always");
        environment.put("CARGO_TERM_PROGRESS_WIDTH", "100");
        return environment;
    }

    private Path temporary() {
        return locations.cache().resolve("unfinished");
    }
}
