package dev.foundation.plugin.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.docker.DockerCli;
import dev.foundation.plugin.Problem;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VolumeFilesTest {
    private final VolumeFiles handler = new VolumeFiles(new DockerCli(Map.of()));

    private static VolumeFiles.Inputs file(String path) {
        return new VolumeFiles.Inputs("v", "i:1", Map.of(path, "hush"), 0, 0, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../up", "a/../b", "a//b", "-rf", ".hidden", "a b", "a/"})
    void pathsThatLeadElsewhereAreRefused(String path) {
        assertThat(handler.check(file(path))).extracting(Problem::property).containsExactly("files");
    }

    @Test
    void ownersAndModesAreChecked() {
        var inputs = new VolumeFiles.Inputs(" ", "", Map.of(), -1, -1, Optional.of("rw"));
        assertThat(handler.check(inputs))
                .extracting(Problem::property)
                .containsExactly("volume", "image", "files", "uid", "gid", "mode");
        assertThat(handler.check(file("sub/file_1.key"))).isEmpty();
        assertThat(file("a").toString()).doesNotContain("hush");
    }
}
