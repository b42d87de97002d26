package dev.foundation.artifact.plainfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainFileTest {
    private static final String GOOD = """
            encryptionsalt: v1:abc:v1:def
            config:
              foundation:instance: foundation
              foundation:blobNameKey:
                secure: v1:x:y
            """;

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }

    @Test
    void filesTravelByteForByte() throws IOException {
        assertThat(PlainFile.configuration(file(GOOD)).content().readAllBytes())
                .asString()
                .isEqualTo(GOOD);
        Path versions = Path.of("VERSIONS");
        assertThat(PlainFile.versions(versions).content().readAllBytes()).isEqualTo(Files.readAllBytes(versions));
    }

    @Test
    void aSecretInClearIsRefusedAndNotRepeated() throws IOException {
        var clear = PlainFile.configuration(file(GOOD.replace("\n    secure: v1:x:y", " hunter2")));
        assertThatThrownBy(clear::content)
                .hasMessageContaining("foundation:blobNameKey stands in clear")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aConfigurationThatOpensNothingIsRefused() throws IOException {
        assertThatThrownBy(() -> PlainFile.configuration(file("config: {}\n")).content())
                .hasMessageContaining("encryptionsalt");
        assertThatThrownBy(() -> PlainFile.configuration(file("a: b: c\n")).content())
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> PlainFile.configuration(folder.resolve("none")).content())
                .hasMessageContaining("is not there");
        assertThatThrownBy(() -> PlainFile.versions(file("nonsense\n")).content())
                .isInstanceOf(IOException.class);
    }
}
