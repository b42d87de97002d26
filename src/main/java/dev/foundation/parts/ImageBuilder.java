package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Builds one image of a sealed site: {@code docker build} on a base made by debootstrap from the machine's own Debian mirror. The build
 * context is the image's folder under {@code scripts/images} with the part's files in {@code part/}.
 */
final class ImageBuilder {
    private final Locations locations;
    private final ImageCatalog catalog;
    private final Recipes recipes;
    private final PartBuilder parts;
    private final DockerEngine docker;
    private final Timings timings;
    private final Consumer<PartEvent> events;

    ImageBuilder(
            Locations locations,
            ImageCatalog catalog,
            Recipes recipes,
            PartBuilder parts,
            DockerEngine docker,
            Consumer<PartEvent> events) {
        this.locations = locations;
        this.catalog = catalog;
        this.recipes = recipes;
        this.parts = parts;
        this.docker = docker;
        this.timings = new Timings(locations);
        this.events = events;
    }

    boolean isPartReady(ImageName name) throws IOException {
        Optional<String> part = name.part();
        return catalog.isBuilt(name) && part.isPresent() && parts.isReady(recipes.recipe(part.get()));
    }

    void build(ImageName name) throws IOException, InterruptedException {
        Optional<Path> part = name.part().isPresent()
                ? Optional.of(parts.prepare(recipes.recipe(name.part().get())))
                : Optional.empty();
        ImageRef base = baseOf(name);
        ImageRef reference = catalog.reference(name);
        String title = "image " + reference;
        String timing = "image-" + name.key();
        Path context = locations.cache().resolve("unfinished").resolve("context-" + name.key());
        Path log = locations.logs().resolve(timing + ".log");
        long start = System.nanoTime();
        events.accept(new PartEvent.Started(
                title, "building", Optional.of(timings.last(timing).orElse(Duration.ofSeconds(60)))));
        Folders.remove(context);
        try {
            Folders.copyInto(catalog.folder(name.key()), context);
            if (part.isPresent()) {
                Folders.copyInto(part.get(), context.resolve("part"));
            }
            if (name == ImageName.AGENT) {
                Folders.copyInto(catalog.target().resolve("lib"), context.resolve("lib"));
                Files.copy(catalog.target().resolve("foundation.jar"), context.resolve("foundation.jar"));
                nativeLibrary(catalog.target().resolve("lib"), context.resolve("libzstd.so"));
            }
            var command = docker.command(
                    "build",
                    "--network=host", // the host's way to its Debian mirror
                    "--build-arg=BASE=" + base,
                    "--build-arg=VERSION=" + catalog.version(name),
                    "--label=dev.foundation.image=" + name.key(),
                    "--label=dev.foundation.version=" + catalog.version(name),
                    "--tag=" + reference,
                    context.toString());
            Command.Outcome outcome =
                    command.and(Map.of("DOCKER_BUILDKIT", "0")).run(new BuildProgress(title, events), log);
            if (!outcome.ok()) {
                throw Diagnosis.of(title, locations.cache(), outcome, log);
            }
        } finally {
            Folders.remove(context);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        timings.record(timing, took);
        events.accept(new PartEvent.Finished(title, took));
    }

    /** zstd's code for this machine: in a container nothing that it could unpack into may be executed. */
    private static void nativeLibrary(Path libraries, Path target) throws IOException {
        String machine = System.getProperty("os.arch", "");
        try (Stream<Path> files = Files.list(libraries)) {
            Path jar = files.filter(file -> String.valueOf(file.getFileName()).startsWith("zstd-jni-"))
                    .findFirst()
                    .orElseThrow(() -> new PartUnavailable("no zstd-jni in " + libraries + ": build the jar again"));
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry entry = zip.stream()
                        .filter(each -> each.getName().startsWith("linux/" + machine + "/")
                                && each.getName().endsWith(".so"))
                        .findFirst()
                        .orElseThrow(() ->
                                new PartUnavailable(jar.getFileName() + " has no library for linux on " + machine));
                try (var in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
    }

    /** What the image's first line names; of our own images those before it are ready by then ({@link Images}). */
    private ImageRef baseOf(ImageName name) throws IOException, InterruptedException {
        if (name == ImageName.AGENT) {
            return catalog.reference(ImageName.AGENT_BASE);
        }
        return catalog.site() == Site.SEALED ? base() : catalog.makersBase();
    }

    /** The base image in the engine, imported if it is not there. */
    private ImageRef base() throws IOException, InterruptedException {
        ImageRef base = catalog.base();
        Path lock = locations.cache().resolve("locks/base-image.lock");
        try (var held = PartLock.take(lock, () -> {})) {
            if (!docker.has(base.value())) {
                Path file = parts.prepare(recipes.base()).resolve("base.tar");
                if (!Files.isRegularFile(file)) {
                    throw new PartUnavailable(
                            file + " is not there; remove the folder around it and run the same command again");
                }
                var outcome = docker.command("import", "--change", "CMD [\"/bin/sh\"]", file.toString(), base.value())
                        .run();
                if (!outcome.ok()) {
                    throw new PartUnavailable("docker import of the base image failed:\n" + outcome.text());
                }
            }
            return base;
        }
    }
}
