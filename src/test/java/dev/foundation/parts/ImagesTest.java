package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.event.PartEvent;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.ImageRef;
import dev.foundation.spec.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a docker that keeps its images as empty files. */
@Timeout(60)
final class ImagesTest {
    private static final Versions VERSIONS =
            Versions.parse("debian=bookworm\nrustfs=1.0.1\npostgres=15.18\nvault=1.19.0\n"
                    + "versitygw=1.8.0\ngitea=1.26.0\nimage.rustfs=rustfs/rustfs:1.0.1\n");

    @TempDir
    private Path folder;

    private Fakes fakes;

    @BeforeEach
    void setUp() throws IOException {
        fakes = new Fakes(folder);
        Path images = Files.createDirectories(folder.resolve("engine"));
        fakes.program("docker", """
                cd IMAGES
                echo "$1" >> ../calls
                name() { printf %s "$1" | tr / _; }
                case "$1" in
                  image) [ -e "$(name "$5")" ] || { echo "Error: No such image: $5" >&2; exit 1; } ;;
                  pull) case "$2" in *absent*) echo "manifest unknown"; exit 1;; esac; touch "$(name "$2")" ;;
                  import) touch "$(name "$5")" ;;
                  build) [ ! -e ../nospace ] || { echo "no space left on device"; exit 1; }
                    for a in "$@"; do case "$a" in --tag=*) touch "$(name "${a#--tag=}")" ;; esac; done ;;
                  save) printf 'image %s' "$2" ;;
                  load) if [ -e ../together ]; then
                      echo "$3" >> ../started
                      n=0; until [ "$(wc -l < ../started)" = 2 ] || [ $n = 100 ]; do sleep 0.1; n=$((n+1)); done
                      [ $n -lt 100 ] || exit 1
                    fi
                    gunzip -c < "$3" | sed 's/^image //' | tr / _ | xargs touch ;;
                esac
                """.replace("IMAGES", images.toString()));
        for (String image : List.of("postgres", "vault", "rustfs", "versitygw", "gitea")) {
            Path context = Files.createDirectories(
                    fakes.locations.repository().resolve("scripts/images").resolve(image));
            Files.writeString(context.resolve("Dockerfile"), "FROM x\n");
            if (Recipes.knows(image)) {
                Path part = Files.createDirectories(
                        fakes.locations.repository().resolve("scripts/parts").resolve(image));
                Files.writeString(part.resolve("build"), "touch $1/" + image + "\n");
            }
        }
        Path base = Files.createDirectories(fakes.locations.repository().resolve("scripts/images/base"));
        Files.writeString(base.resolve("build"), "touch $1/base.tar\n");
        fakes.program("debootstrap", "true")
                .program("go", "true")
                .program("cargo", "true")
                .program("protoc", "true");
    }

    private ImageCatalog catalog(Site site) {
        return ImageCatalog.of(site, VERSIONS, fakes.locations.repository());
    }

    private Images images(Site site) {
        var docker = new DockerEngine(fakes.wholeMachine());
        var recipes = new Recipes(VERSIONS, fakes.locations.repository());
        var builder =
                new ImageBuilder(fakes.locations, catalog(site), recipes, fakes.builder(), docker, fakes.events::add);
        return new Images(fakes.locations, catalog(site), docker, builder, fakes.events::add);
    }

    private List<String> calls() throws IOException {
        List<String> calls = fakes.lines("calls");
        Files.deleteIfExists(folder.resolve("calls"));
        return calls.stream().filter(call -> !call.equals("image")).toList();
    }

    @Test
    void ourImageIsBuiltOnceKeptInTheCacheAndLoadedIntoAnotherEngine() throws Exception {
        ImageRef postgres = catalog(Site.SEALED).reference(ImageName.POSTGRES);
        images(Site.SEALED).prepare(List.of(postgres));
        assertThat(calls()).containsExactly("import", "build", "save");
        try (var saved =
                new GZIPInputStream(Files.newInputStream(images(Site.SEALED).file(postgres)))) {
            assertThat(new String(saved.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("image " + postgres);
        }
        images(Site.SEALED).prepare(List.of(postgres));
        assertThat(calls()).isEmpty();
        Folders.remove(folder.resolve("engine"));
        Files.createDirectory(folder.resolve("engine"));
        images(Site.SEALED).prepare(List.of(postgres));
        assertThat(calls()).containsExactly("load");
    }

    @Test
    void whatIsInTheCacheIsLoadedSideBySide() throws Exception {
        List<ImageRef> two = List.of(
                catalog(Site.SEALED).reference(ImageName.POSTGRES),
                catalog(Site.SEALED).reference(ImageName.VAULT));
        images(Site.SEALED).prepare(two);
        Folders.remove(folder.resolve("engine"));
        Files.createDirectory(folder.resolve("engine"));
        List<String> _ = calls();
        Files.createFile(folder.resolve("together"));
        images(Site.SEALED).prepare(two);
        assertThat(calls()).containsExactly("load", "load");
    }

    @Test
    void aDamagedFileInTheCacheIsRemovedAndTheImageBuiltAgain() throws Exception {
        ImageRef postgres = catalog(Site.SEALED).reference(ImageName.POSTGRES);
        Path file = images(Site.SEALED).file(postgres);
        Files.createDirectories(fakes.locations.images());
        Files.writeString(file, "not an image");
        images(Site.SEALED).prepare(List.of(postgres));
        assertThat(calls()).containsExactly("load", "import", "build", "save");
        assertThat(fakes.notes()).anyMatch(note -> note.contains("could not be loaded"));
    }

    @Test
    void aFullDiskWhileBuildingIsSaidAndTheNextRunMendsIt() throws Exception {
        ImageRef vault = catalog(Site.SEALED).reference(ImageName.VAULT);
        Path nospace = Files.createFile(folder.resolve("nospace"));
        assertThatThrownBy(() -> images(Site.SEALED).prepare(List.of(vault))).hasMessageContaining("the disk is full");
        assertThat(fakes.locations.images()).doesNotExist();
        Files.delete(nospace);
        images(Site.SEALED).prepare(List.of(vault));
        assertThat(images(Site.SEALED).file(vault)).exists();
    }

    @Test
    void imagesFromElsewhereArePulledOnceAndAMissingOneIsNamed() throws Exception {
        var online = images(Site.ONLINE);
        online.prepare(List.of(new ImageRef("rustfs/rustfs:1.0.1"), new ImageRef("rustfs/rustfs:1.0.1")));
        online.prepare(List.of(new ImageRef("rustfs/rustfs:1.0.1")));
        assertThat(calls()).containsExactly("pull");
        assertThatThrownBy(() -> online.prepare(List.of(new ImageRef("absent:1"))))
                .hasMessageContainingAll("absent:1", "manifest unknown", "docker load");
        assertThat(fakes.events(PartEvent.Finished.class)).hasSize(1);
    }

    @Test
    void anImageOfAnotherVersionOfTheRepositoryIsNotPulled() throws Exception {
        var old = new ImageRef("foundation.local/vault:1.0.0-000000000000");
        assertThatThrownBy(() -> images(Site.SEALED).prepare(List.of(old)))
                .hasMessageContaining("another version of this repository");
        assertThat(calls()).isEmpty();
    }

    @Test
    void autoMeansRustfsWhereItIsOrCanBePulledElseVersitygw() throws Exception {
        assertThat(new Engines(images(Site.ONLINE)).auto(Site.ONLINE).engine()).isEqualTo(Engine.RUSTFS);
        Engines.Choice without = new Engines(images(Site.SEALED)).auto(Site.SEALED);
        assertThat(without.engine()).isEqualTo(Engine.VERSITYGW);
        assertThat(without.line()).contains("./foundation build rustfs");
        images(Site.SEALED).prepare(List.of(catalog(Site.SEALED).reference(ImageName.RUSTFS)));
        assertThat(new Engines(images(Site.SEALED)).auto(Site.SEALED).engine()).isEqualTo(Engine.RUSTFS);
    }
}
