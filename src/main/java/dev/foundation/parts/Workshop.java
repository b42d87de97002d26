package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** The door of this room: everything that makes parts ready, wired once from the process's environment. */
public final class Workshop {
    private final Map<String, String> environment;
    private final Consumer<PartEvent> events;
    private final Locations locations;
    private final Versions versions;

    private Workshop(
            Map<String, String> environment, Consumer<PartEvent> events, Locations locations, Versions versions) {
        this.environment = Map.copyOf(environment);
        this.events = events;
        this.locations = locations;
        this.versions = versions;
    }

    /**
     * Reads {@code VERSIONS} and nothing else.
     *
     * @param events shows progress; called from several threads, one event at a time
     */
    public static Workshop open(Map<String, String> environment, Consumer<PartEvent> events) throws IOException {
        Locations locations = Locations.of(environment);
        return new Workshop(environment, events, locations, versions(locations.repository()));
    }

    private static Versions versions(Path repository) throws IOException {
        Path file = repository.resolve("VERSIONS");
        if (!Files.isRegularFile(file)) {
            throw new PartUnavailable(
                    "no file VERSIONS in " + repository + ": run ./foundation from a clone of the repository");
        }
        return Versions.parse(Files.readString(file));
    }

    public Locations locations() {
        return locations;
    }

    public Versions versions() {
        return versions;
    }

    public SiteProbe probe() {
        return new SiteProbe(SiteProbe.Endpoints.official(), environment);
    }

    public ImageCatalog catalog(Site site) {
        return ImageCatalog.of(site, versions, locations.repository());
    }

    public Toolbox toolbox() {
        return new Toolbox();
    }

    public Images images(Site site) {
        return new Images();
    }

    public Engines engines(Site site) {
        return new Engines(images(site));
    }

    public DockerSetup docker() {
        return new DockerSetup();
    }
}
