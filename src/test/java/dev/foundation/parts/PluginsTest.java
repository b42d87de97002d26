package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.Versions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PluginsTest {
    private static final Versions VERSIONS = Versions.parse("pulumi-resource-vault=7.9.0");

    @TempDir
    private Path folder;

    private Fakes fakes;
    private Path installed;

    @BeforeEach
    void setUp() throws IOException {
        fakes = new Fakes(folder);
        installed = fakes.locations.pulumiHome().resolve("plugins/resource-vault-v7.9.0");
        // As the CLI: plugin install resource NAME VERSION --reinstall [--file FOLDER] [--server URL]
        fakes.program(
                "pulumi",
                "echo \"$@\" >> " + folder + "/calls\n"
                        + "[ ! -e " + folder + "/refuse ] || { echo 'error: 404 Not Found'; exit 255; }\n"
                        + "rm -rf " + installed + "; mkdir -p " + installed + "\n"
                        + "if [ \"$7\" = --file ]; then cp -R \"$8/.\" " + installed + "; fi");
        recipe("one");
        Files.createDirectories(fakes.locations.cache());
    }

    private void recipe(String content) throws IOException {
        Path recipe =
                Files.createDirectories(fakes.locations.repository().resolve("scripts/parts/pulumi-resource-vault"));
        Files.writeString(recipe.resolve("build"), "echo " + content + " > $1/pulumi-resource-vault\n");
    }

    private void prepare(Site site) throws IOException, InterruptedException {
        var plugins = new Plugins(
                fakes.locations,
                VERSIONS,
                fakes.builder(),
                Optional.of(URI.create("http://stand-in")),
                fakes.events::add);
        plugins.prepare("vault", site, new Tools(fakes.bin.resolve("pulumi"), Map.of("PATH", "/usr/bin:/bin")));
        assertThat(plugins.isReady("vault", site)).isTrue();
    }

    @Test
    void onASealedSiteItIsBuiltAndInstalledOnceFromAFolder() throws Exception {
        prepare(Site.SEALED);
        prepare(Site.SEALED);
        assertThat(fakes.lines("calls"))
                .singleElement()
                .asString()
                .startsWith("plugin install resource vault 7.9.0 --reinstall --file ");
        assertThat(installed.resolve("pulumi-resource-vault")).hasContent("one\n");
    }

    @Test
    void anotherRecipeIsInstalledAgain() throws Exception {
        prepare(Site.SEALED);
        recipe("two");
        prepare(Site.SEALED);
        assertThat(fakes.lines("calls")).hasSize(2);
        assertThat(installed.resolve("pulumi-resource-vault")).hasContent("two\n");
    }

    @Test
    void onlineTheOfficialOneReplacesOursAndThenServesBothSites() throws Exception {
        prepare(Site.SEALED);
        prepare(Site.ONLINE);
        prepare(Site.SEALED);
        prepare(Site.ONLINE);
        assertThat(fakes.lines("calls")).hasSize(2).last().asString().endsWith("--server http://stand-in");
    }

    @Test
    void aHalfInstalledPluginIsInstalledAgain() throws Exception {
        prepare(Site.SEALED);
        Path partial = Files.createFile(installed.resolveSibling(installed.getFileName() + ".partial"));
        fakes.program("pulumi", Files.readString(fakes.bin.resolve("pulumi")).replace("#!/bin/sh", "rm -f " + partial));
        prepare(Site.SEALED);
        assertThat(fakes.lines("calls")).hasSize(2);
    }

    @Test
    void aPluginThatCannotBeFetchedIsNamed() throws Exception {
        Files.createFile(folder.resolve("refuse"));
        assertThatThrownBy(() -> prepare(Site.ONLINE))
                .isInstanceOf(PartUnavailable.class)
                .hasMessageContainingAll("the vault plugin", "404 Not Found");
    }
}
