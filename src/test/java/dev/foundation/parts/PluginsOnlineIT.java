package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.Versions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The online way to plugins, with the real CLI and a stand-in for the makers' server. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class PluginsOnlineIT {
    @TempDir
    private Path folder;

    @Test
    void theRealCliFetchesAPluginFromAServerAndItIsTakenForOfficial() throws Exception {
        var fakes = new Fakes(folder);
        var workshop = Workshop.open(System.getenv(), event -> {});
        Path cli = workshop.builder().prepare(workshop.recipes().recipe("pulumi"));
        Files.writeString(folder.resolve("pulumi-resource-vault"), "#!/bin/sh\necho 1\n");
        assertThat(folder.resolve("pulumi-resource-vault").toFile().setExecutable(true))
                .isTrue();
        Path archive = folder.resolve("plugin.tar.gz");
        assertThat(Command.of("tar", "-C", folder.toString(), "-czf", archive.toString(), "pulumi-resource-vault")
                        .run()
                        .ok())
                .isTrue();
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        Map<String, String> environment = new HashMap<>();
        environment.put("PULUMI_HOME", fakes.locations.pulumiHome().toString());
        environment.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        Files.createDirectories(fakes.locations.pulumiHome());
        try (var server = new StandInServer()) {
            server.answer("/pulumi-resource-vault-v7.9.0-linux-" + arch + ".tar.gz", 200, Files.readAllBytes(archive));
            var plugins = new Plugins(
                    fakes.locations,
                    Versions.parse("pulumi-resource-vault=7.9.0\npulumi-resource-docker=4.5.1"),
                    fakes.builder(),
                    Optional.of(server.uri("")),
                    fakes.events::add);
            var tools = new Tools(cli.resolve("pulumi"), environment);
            plugins.prepare("vault", Site.ONLINE, tools);
            plugins.prepare("vault", Site.ONLINE, tools);
            assertThat(plugins.origin("vault")).map(Origin::from).contains(Origin.OFFICIAL);
            assertThat(server.requests).hasSize(1);
            assertThatThrownBy(() -> plugins.prepare("docker", Site.ONLINE, tools))
                    .isInstanceOf(PartUnavailable.class)
                    .hasMessageContaining("the docker plugin");
            assertThat(plugins.origin("docker")).isEmpty();
        }
    }
}
