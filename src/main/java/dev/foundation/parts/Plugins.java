package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.Versions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The resource plugins, put into Pulumi's own plugin cache by Pulumi's own command. Online they are their makers', on a sealed site built
 * here. An official plugin that is there already serves a sealed site too; one built here is replaced when its recipe changed or the site
 * went online.
 *
 * <p>The official way was tried against a local stand-in server; never against the real internet.
 */
final class Plugins {
    static final List<String> NAMES = List.of("docker", "vault", "command");

    private final Locations locations;
    private final Versions versions;
    private final PartBuilder builder;
    private final Recipes recipes;
    private final Optional<URI> server;
    private final Consumer<PartEvent> events;

    /** @param server replaces the makers' own download addresses; a mirror, or a stand-in */
    Plugins(
            Locations locations,
            Versions versions,
            PartBuilder builder,
            Optional<URI> server,
            Consumer<PartEvent> events) {
        this.locations = locations;
        this.versions = versions;
        this.builder = builder;
        this.recipes = new Recipes(versions, locations.repository());
        this.server = server;
        this.events = events;
    }

    private static String part(String plugin) {
        return "pulumi-resource-" + plugin;
    }

    private Path installed(String plugin) {
        return locations
                .pulumiHome()
                .resolve("plugins")
                .resolve("resource-" + plugin + "-v" + versions.of(part(plugin)));
    }

    /** What is in the plugin cache: empty if nothing complete is. */
    Optional<Origin> origin(String plugin) throws IOException {
        Path folder = installed(plugin);
        Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
        if (!Files.isDirectory(folder) || Files.exists(partial)) {
            return Optional.empty();
        }
        Origin official = new Origin(part(plugin) + "-" + versions.of(part(plugin)), Origin.OFFICIAL);
        return Optional.of(Origin.read(folder).orElse(official));
    }

    boolean isReady(String plugin, Site site) throws IOException {
        Optional<Origin> origin = origin(plugin);
        if (origin.isEmpty()) {
            return false;
        }
        return origin.get().from().equals(Origin.OFFICIAL)
                || (site == Site.SEALED
                        && origin.get()
                                .key()
                                .equals(recipes.recipe(part(plugin)).key()));
    }

    void prepare(String plugin, Site site, Tools tools) throws IOException, InterruptedException {
        if (isReady(plugin, site)) {
            return;
        }
        String version = versions.of(part(plugin));
        List<String> argv = new ArrayList<>(
                List.of(tools.pulumi().toString(), "plugin", "install", "resource", plugin, version, "--reinstall"));
        switch (site) {
            case SEALED -> {
                Path built = builder.prepare(recipes.recipe(part(plugin)));
                argv.addAll(List.of("--file", built.toString()));
                install(plugin, argv, tools);
            }
            case ONLINE -> {
                server.ifPresent(uri -> argv.addAll(List.of("--server", uri.toString())));
                String title = part(plugin) + " " + version;
                long start = System.nanoTime();
                events.accept(new PartEvent.Started(title, "fetching", Optional.empty()));
                install(plugin, argv, tools);
                events.accept(new PartEvent.Finished(title, Duration.ofNanos(System.nanoTime() - start)));
            }
        }
    }

    private void install(String plugin, List<String> argv, Tools tools) throws IOException, InterruptedException {
        Path lock = locations.cache().resolve("locks").resolve("plugin-" + plugin + ".lock");
        try (var held = PartLock.take(lock, () -> {})) {
            Path log = locations.logs().resolve("plugin-" + plugin + ".log");
            var outcome = new Command(argv, locations.cache(), tools.environment()).run(line -> {}, log);
            if (!outcome.ok() || origin(plugin).isEmpty()) {
                throw Diagnosis.of("the " + plugin + " plugin", locations.cache(), outcome, log);
            }
        }
    }
}
