package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.spec.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes of this repository. */
@Timeout(60)
final class RecipesTest {
    private static Recipes recipes() throws IOException {
        return new Recipes(
                Versions.parse(Files.readString(Path.of("VERSIONS"))),
                Path.of("").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pulumi", "pulumi-language-java", "pulumi-resource-docker", "vault", "versitygw", "gitea"})
    void everyGoPartIsPinnedByItsSumsAndBuiltFromThemAlone(String part) throws IOException {
        Recipe recipe = recipes().recipe(part);
        assertThat(recipe.folder().resolve("go.mod")).isNotEmptyFile();
        assertThat(recipe.folder().resolve("go.sum")).isNotEmptyFile();
        assertThat(Files.readString(recipe.folder().resolve("build")))
                .contains("-mod=readonly", "-trimpath", "-buildvcs=false", "CGO_ENABLED=0")
                .doesNotContain("-mod=mod");
    }

    @Test
    void aPartThatNoRecipeMakesIsRefusedWithTheListOfThoseThatAreThere() throws IOException {
        Recipes recipes = recipes();
        assertThatThrownBy(() -> recipes.recipe("forgejo")).hasMessageContainingAll("\"forgejo\"", "rustfs", "vault");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault", "command"})
    void theStandInPluginStartsTheFoundationsProviderAndSaysWhatIsMissing(String plugin, @TempDir Path folder)
            throws Exception {
        var fakes = new Fakes(folder);
        Path part = fakes.builder().prepare(recipes().recipe("pulumi-resource-" + plugin));
        List<String> argv = List.of(part.resolve("pulumi-resource-" + plugin).toString(), "127.0.0.1:1");
        Path provider = Files.createDirectories(folder.resolve("home/scripts/provider"));
        Files.writeString(provider.resolve("pulumi-resource-foundation"), "#!/bin/sh\necho \"$@\"\n");
        assertThat(provider.resolve("pulumi-resource-foundation").toFile().setExecutable(true))
                .isTrue();
        var started = new Command(
                        argv,
                        folder,
                        Map.of("FOUNDATION_HOME", folder.resolve("home").toString()))
                .run();
        assertThat(started.tail()).containsExactly(plugin + " 127.0.0.1:1");
        var refused = new Command(argv, folder, Map.of("FOUNDATION_HOME", "")).run();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.text()).contains("FOUNDATION_HOME is not set", "./foundation env");
    }
}
