package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The door of this room: everything that makes parts ready, wired once from the process's environment. */
public final class Workshop {
    private final Map<String, String> environment;
    private final Consumer<PartEvent> events;
    private final Locations locations;
    private final Versions versions;
    private final Machine machine;
    private final SystemPackages packages;
    private final PartBuilder builder;
    private final DockerEngine docker;

    private Workshop(
            Map<String, String> environment, Consumer<PartEvent> events, Locations locations, Versions versions) {
        this.environment = Map.copyOf(environment);
        this.events = events;
        this.locations = locations;
        this.versions = versions;
        this.machine = Machine.of(environment);
        this.docker = new DockerEngine(machine);
        this.packages = new SystemPackages(machine, events);
        this.builder = new PartBuilder(locations, machine, packages, events);
    }

    /**
     * Reads {@code VERSIONS} and nothing else.
     *
     * @param environment of this process; children inherit the real one
     * @param events shows progress; called from one thread at a time
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
        var official = new OfficialCli(locations, versions, OfficialCli.RELEASES, environment, events);
        return new Toolbox(locations, versions, machine, javaHome(), builder, official, plugins());
    }

    public Images images(Site site) {
        ImageCatalog catalog = catalog(site);
        var images = new ImageBuilder(locations, catalog, recipes(), builder, docker, events);
        return new Images(locations, catalog, docker, images, events);
    }

    public Engines engines(Site site) {
        return new Engines(images(site));
    }

    public DockerSetup docker() {
        return new DockerSetup(locations, machine, packages, docker, events);
    }

    /** Every part with what is known of it; changes nothing. */
    public Inventory inventory(Site site) {
        return new Inventory(this, site);
    }

    Plugins plugins() {
        return new Plugins(locations, versions, builder, Optional.empty(), events);
    }

    Recipes recipes() {
        return new Recipes(versions, locations.repository());
    }

    PartBuilder builder() {
        return builder;
    }

    SystemPackages packages() {
        return packages;
    }

    /** Of the JDK that runs this program: the launcher chose it. */
    static Path javaHome() {
        return Path.of(System.getProperty("java.home", "/"));
    }
}
