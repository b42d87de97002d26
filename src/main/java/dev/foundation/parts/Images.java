package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import dev.foundation.spec.ImageRef;
import dev.foundation.stream.Lanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes images ready in the Docker Engine before anything is created from them (S3). One that is there is left alone; one of our own is
 * loaded from the cache, or built and kept there; any other is pulled.
 */
public final class Images {
    /** One image keeps one processor busy, and then the disk. */
    private static final int AT_A_TIME = 3;

    private final Locations locations;
    private final ImageCatalog catalog;
    private final DockerEngine docker;
    private final ImageBuilder builder;
    private final Timings timings;
    private final Consumer<PartEvent> events;

    Images(
            Locations locations,
            ImageCatalog catalog,
            DockerEngine docker,
            ImageBuilder builder,
            Consumer<PartEvent> events) {
        this.locations = locations;
        this.catalog = catalog;
        this.docker = docker;
        this.builder = builder;
        this.timings = new Timings(locations);
        this.events = events;
    }

    /**
     * Returns when every image is in the engine. What only needs to be fetched comes first, several at a time: on a fresh machine that is most of what a
     * recovery waits for. What must be built is built one after the other.
     *
     * @throws PartUnavailable if one can't be had; others may be ready
     */
    public void prepare(Collection<ImageRef> references) throws IOException, InterruptedException {
        List<ImageRef> built = new ArrayList<>();
        List<Lanes.Task<ImageRef>> fetched = new ArrayList<>();
        for (ImageRef each : new LinkedHashSet<>(references)) {
            if (catalog.named(each).isEmpty() || Files.isRegularFile(file(each))) {
                fetched.add(() -> {
                    prepare(each);
                    return each;
                });
            } else {
                built.add(each);
            }
        }
        List<ImageRef> _ = Lanes.run(fetched, AT_A_TIME);
        for (ImageRef each : built) {
            prepare(each);
        }
    }

    /** As {@link #prepare}, and each image of our own is then in the cache too, whoever built it: other engines load it from there. */
    public void keep(Collection<ImageRef> references) throws IOException, InterruptedException {
        prepare(references);
        for (ImageRef reference : new LinkedHashSet<>(references)) {
            Path file = file(reference);
            boolean kept = catalog.named(reference)
                    .filter(name -> name != ImageName.AGENT)
                    .isPresent();
            if (kept && !Files.isRegularFile(file)) {
                docker.save(reference.value(), file);
            }
        }
    }

    private void prepare(ImageRef reference) throws IOException, InterruptedException {
        if (docker.has(reference.value())) {
            return;
        }
        Optional<ImageName> own = catalog.named(reference);
        if (own.isEmpty()) {
            pull(reference);
            return;
        }
        Path file = file(reference);
        Path lock = locations.cache().resolve("locks").resolve(file.getFileName() + ".lock");
        try (var held = PartLock.take(
                lock,
                () -> events.accept(new PartEvent.Noted(
                        reference.value(),
                        reference + " is being made by another run of this program; waiting for it")))) {
            if (own.get() == ImageName.AGENT) {
                // Not kept in the cache: it is made in seconds, and changes with every build of the jar.
                prepare(catalog.reference(ImageName.AGENT_BASE));
                if (!docker.has(reference.value())) {
                    builder.build(ImageName.AGENT);
                }
            } else if (!docker.has(reference.value()) && !load(reference, file)) {
                builder.build(own.get());
                docker.save(reference.value(), file);
            }
        } catch (IOException e) {
            throw Diagnosis.of("the image " + reference, locations.cache(), e);
        }
    }

    /** Whether this image is in the engine or in the cache. */
    public boolean isReady(ImageName name) throws IOException, InterruptedException {
        if (!name.availableOn(catalog.site())) {
            return false;
        }
        ImageRef reference = catalog.reference(name);
        return Files.isRegularFile(file(reference)) || docker.has(reference.value());
    }

    /** Whether this image needs no long build: it is ready, or the part in it is built. */
    boolean isCheap(ImageName name) throws IOException, InterruptedException {
        return builder.isPartReady(name) || isReady(name);
    }

    /** {@code images/vault-1.19.0-0123456789ab.tar.gz} for {@code foundation.local/vault:1.19.0-0123456789ab}. */
    Path file(ImageRef reference) {
        String name = reference
                .value()
                .substring(reference.value().lastIndexOf('/') + 1)
                .replace(':', '-');
        return locations.images().resolve(name + ".tar.gz");
    }

    private boolean load(ImageRef reference, Path file) throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        long start = System.nanoTime();
        events.accept(
                new PartEvent.Started("image " + reference, "loading", timings.last("load-" + nameOf(reference))));
        Command.Outcome outcome = docker.load(file);
        if (!outcome.ok() || !docker.has(reference.value())) {
            Files.deleteIfExists(file); // whatever it is, it is not this image
            events.accept(new PartEvent.Noted(
                    "image " + reference, file + " could not be loaded and was removed; building the image again"));
            return false;
        }
        finished(reference, "load-" + nameOf(reference), start);
        return true;
    }

    private void pull(ImageRef reference) throws IOException, InterruptedException {
        if (reference.value().startsWith(ImageCatalog.LOCAL)) {
            throw new PartUnavailable("the image " + reference
                    + " is not in the Docker Engine and is of another version of this repository; remove"
                    + " the override from the configuration, or load it with docker load");
        }
        long start = System.nanoTime();
        String timing = "pull-" + nameOf(reference);
        events.accept(new PartEvent.Started("image " + reference, "pulling", timings.last(timing)));
        var outcome = docker.command("pull", reference.value())
                .run(
                        line -> events.accept(new PartEvent.Advanced("image " + reference, line, Optional.empty())),
                        locations.logs().resolve(timing + ".log"));
        if (!outcome.ok()) {
            throw new PartUnavailable("the image " + reference
                    + " can't be pulled. Check the name and the network, or load it with docker load; on a"
                    + " sealed site leave the image out of the configuration, and it is built. docker pull said:\n"
                    + outcome.text());
        }
        finished(reference, timing, start);
    }

    private void finished(ImageRef reference, String timing, long start) throws IOException {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        timings.record(timing, took);
        events.accept(new PartEvent.Finished("image " + reference, took));
    }

    private static String nameOf(ImageRef reference) {
        String last = reference.value().substring(reference.value().lastIndexOf('/') + 1);
        return last.substring(0, last.indexOf(':') < 0 ? last.indexOf('@') : last.indexOf(':'));
    }
}
