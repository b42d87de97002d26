package dev.foundation.parts;

import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.ImageRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The parts by the names that people type, and which of them belong together. */
public final class BuildPlan {
    private static final String DOCKER = "docker";
    private static final String TOOLS = "tools";
    private static final String PLUGINS = "plugins";
    private static final String ALL = "all";

    private final Workshop workshop;
    private final Site site;

    public BuildPlan(Workshop workshop, Site site) {
        this.workshop = workshop;
        this.site = site;
    }

    /** Every name that {@link #prepare} takes on this site. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of(ALL, DOCKER, TOOLS, PLUGINS, "pulumi", "pulumi-language-java"));
        for (ImageName image : ImageName.values()) {
            if (image.availableOn(site)) {
                names.add(image.key());
            }
        }
        return names;
    }

    /** What {@code up} needs here, with the S3 engine that {@code auto} means. */
    public List<String> forUp() throws IOException, InterruptedException {
        workshop.docker().ensure();
        List<String> names = new ArrayList<>(List.of(
                TOOLS,
                ImageName.VAULT.key(),
                ImageName.POSTGRES.key(),
                ImageName.AGENT_BASE.key(),
                ImageName.AGENT.key(),
                ImageName.of(workshop.engines(site).auto(site).engine()).key()));
        names.addAll(
                switch (site) {
                    case ONLINE -> List.of(ImageName.FORGEJO.key(), ImageName.RUNNER.key());
                    case SEALED -> List.of(ImageName.GITEA.key());
                });
        return names;
    }

    /** As {@link #forUp}, and versitygw beside RustFS: tests run on each engine that is there. */
    public List<String> forTests() throws IOException, InterruptedException {
        Set<String> names = new LinkedHashSet<>(forUp());
        names.add(ImageName.VERSITYGW.key());
        return List.copyOf(names);
    }

    /** @throws PartUnavailable at the first part that can't be had; those before it are ready */
    public void prepare(Collection<String> asked) throws IOException, InterruptedException {
        Set<String> names = new LinkedHashSet<>(asked);
        if (names.remove(ALL)) {
            names.addAll(forTests());
            names.addAll(names());
            names.remove(ALL);
        }
        if (names.stream().anyMatch(name -> name.equals(DOCKER) || isImage(name))) {
            workshop.docker().ensure();
        }
        if (names.stream().anyMatch(name -> !name.equals(DOCKER) && !isImage(name))) {
            workshop.toolbox().prepare(site); // tools and plugins are one set: a CLI without its plugins is no use
        }
        List<ImageRef> images = new ArrayList<>();
        for (ImageName image : ImageName.values()) {
            if (names.contains(image.key()) && image.availableOn(site)) {
                images.add(workshop.catalog(site).reference(image));
            }
        }
        workshop.images(site).keep(images);
    }

    /** What the tests run: what {@link #forTests} names, and servers' programs outside any container, built on every site. */
    public void prepareForTests() throws IOException, InterruptedException {
        prepare(forTests());
        for (ImageName server : List.of(ImageName.VAULT, ImageName.VERSITYGW, ImageName.GITEA)) {
            workshop.builder().prepare(workshop.recipes().recipe(server.key()));
        }
    }

    private static boolean isImage(String name) {
        return List.of(ImageName.values()).stream()
                .anyMatch(image -> image.key().equals(name));
    }
}
