package dev.foundation.parts;

import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.ImageRef;
import dev.foundation.spec.Versions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which image a service runs. On an online site the makers' image as {@code VERSIONS} pins it; on a sealed site
 * {@code foundation.local/<name>:<version>-<hash>}, where the hash is over everything the image is made from, so it is the same in every
 * clone and changes with the recipe. Reads a few small files, never asks Docker: a plain {@code pulumi up} calls it as well.
 */
public final class ImageCatalog {
    static final String LOCAL = "foundation.local/";

    private final Site site;
    private final Versions versions;
    private final Recipes recipes;
    private final Path repository;

    private ImageCatalog(Site site, Versions versions, Path repository) {
        this.site = site;
        this.versions = versions;
        this.recipes = new Recipes(versions, repository);
        this.repository = repository;
    }

    public static ImageCatalog of(Site site, Versions versions, Path repositoryRoot) {
        return new ImageCatalog(site, versions, repositoryRoot);
    }

    /**
     * The image of a service.
     *
     * @throws IllegalArgumentException if it can't be had on this site ({@link ImageName#availableOn})
     * @throws UncheckedIOException if the clone's recipes can't be read
     */
    public ImageRef reference(ImageName name) {
        if (!name.availableOn(site)) {
            throw new IllegalArgumentException(
                    name.key() + " can't be had on a sealed site: its sources are on no package registry");
        }
        try {
            return isBuilt(name)
                    ? new ImageRef(LOCAL + name.key() + ":" + version(name) + "-" + hash(name))
                    : versions.image(name.key());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the recipe of the image " + name.key() + " can't be read under " + repository, e);
        }
    }

    /** Which of our own images this is; empty for an image from a registry or of another recipe. */
    Optional<ImageName> named(ImageRef reference) {
        for (ImageName name : ImageName.values()) {
            boolean likely = reference.value().startsWith(LOCAL + name.key() + ":");
            if (likely && isBuilt(name) && reference(name).equals(reference)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** What our own images stand on where images can be pulled. */
    ImageRef makersBase() {
        return versions.image("debian");
    }

    /** Tag of the base image, which only builds use. */
    ImageRef base() throws IOException {
        String suite = versions.of("debian");
        return new ImageRef(LOCAL + "base:" + suite + "-" + Recipe.hash(List.of(folder("base")), suite));
    }

    /** Whether this image is built here, not pulled. */
    boolean isBuilt(ImageName name) {
        return name.availableOn(site) && (site == Site.SEALED || name.isOurs());
    }

    /** What goes into the agent's image: this program itself, as it was built last. */
    Path target() {
        return repository.resolve("target");
    }

    Site site() {
        return site;
    }

    /** The agent carries the clients of this Postgres. */
    String version(ImageName name) {
        return versions.of(name.isOurs() ? ImageName.POSTGRES.key() : name.key());
    }

    Path folder(String image) {
        return repository.resolve("scripts/images").resolve(image);
    }

    private String hash(ImageName name) throws IOException {
        List<Path> folders = new ArrayList<>(List.of(folder("base"), folder(name.key())));
        String salt = versions.of("debian") + " " + version(name);
        if (name.part().isPresent()) {
            Recipe recipe = recipes.recipe(name.part().get());
            folders.add(recipe.folder());
            salt += name.isOurs() ? " " + recipe.version() : "";
        }
        return Recipe.hash(folders, name == ImageName.AGENT ? salt + hash(ImageName.AGENT_BASE) + program() : salt);
    }

    /** The jar by its bytes, its libraries by their names, which tell their versions. */
    private String program() throws IOException {
        Path jar = target().resolve("foundation.jar");
        Path libraries = target().resolve("lib");
        if (!Files.isRegularFile(jar) || !Files.isDirectory(libraries)) {
            return "not built";
        }
        try (Stream<Path> files = Files.list(libraries)) {
            String names = files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .collect(Collectors.joining("\n"));
            return names + Recipe.hash(Files.readAllBytes(jar));
        }
    }
}
