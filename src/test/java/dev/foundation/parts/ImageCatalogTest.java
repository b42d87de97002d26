package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageCatalogTest {
    private static final Path HERE = Path.of("");

    private static Versions versions() throws IOException {
        return Versions.parse(Files.readString(Path.of("VERSIONS")));
    }

    @Test
    void onlineItIsWhatVersionsPins() throws IOException {
        var catalog = ImageCatalog.of(Site.ONLINE, versions(), HERE);
        for (ImageName name : ImageName.values()) {
            if (!name.isOurs()) {
                assertThat(catalog.reference(name)).isEqualTo(versions().image(name.key()));
            }
        }
    }

    @Test
    void sealedItIsOurOwnNameWithVersionAndHash() throws IOException {
        var catalog = ImageCatalog.of(Site.SEALED, versions(), HERE);
        for (ImageName name : ImageName.values()) {
            if (name.availableOn(Site.SEALED)) {
                assertThat(catalog.reference(name).value())
                        .matches("foundation\\.local/" + name.key() + ":" + catalog.version(name) + "-[0-9a-f]{12}");
                assertThat(catalog.named(catalog.reference(name))).contains(name);
            }
        }
    }

    @Test
    void theAgentsImageIsOurOwnOnEverySiteAndChangesWithTheJar(@TempDir Path clone) throws IOException {
        Folders.copyInto(Path.of("scripts"), Files.createDirectories(clone.resolve("scripts")));
        Files.createDirectories(clone.resolve("target/lib"));
        Path jar = clone.resolve("target/foundation.jar");
        Files.writeString(jar, "one");
        var catalog = ImageCatalog.of(Site.ONLINE, versions(), clone);
        var one = catalog.reference(ImageName.AGENT);
        var base = catalog.reference(ImageName.AGENT_BASE);
        assertThat(one.value()).startsWith(ImageCatalog.LOCAL + "agent:");
        assertThat(catalog.named(one)).contains(ImageName.AGENT);
        Files.writeString(jar, "two");
        assertThat(catalog.reference(ImageName.AGENT)).isNotEqualTo(one);
        assertThat(catalog.reference(ImageName.AGENT_BASE)).isEqualTo(base);
    }

    @Test
    void anotherCloneGivesTheSameReferenceAndAChangedDockerfileAnother(@TempDir Path clone) throws IOException {
        Folders.copyInto(Path.of("scripts"), Files.createDirectories(clone.resolve("scripts")));
        var here = ImageCatalog.of(Site.SEALED, versions(), HERE);
        var there = ImageCatalog.of(Site.SEALED, versions(), clone);
        assertThat(there.reference(ImageName.VAULT)).isEqualTo(here.reference(ImageName.VAULT));
        Path dockerfile = clone.resolve("scripts/images/vault/Dockerfile");
        String text = Files.readString(dockerfile);
        Files.delete(dockerfile); // it may be a hard link
        Files.writeString(dockerfile, text + "# changed\n");
        assertThat(there.reference(ImageName.VAULT)).isNotEqualTo(here.reference(ImageName.VAULT));
        assertThat(there.reference(ImageName.POSTGRES)).isEqualTo(here.reference(ImageName.POSTGRES));
    }

    @Test
    void forgejoAndItsRunnerCannotBeHadOnASealedSite() throws IOException {
        var catalog = ImageCatalog.of(Site.SEALED, versions(), HERE);
        assertThatThrownBy(() -> catalog.reference(ImageName.FORGEJO)).hasMessageContaining("sealed site");
        assertThatThrownBy(() -> catalog.reference(ImageName.RUNNER)).hasMessageContaining("forgejo-runner");
    }
}
