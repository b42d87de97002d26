package dev.foundation.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FileArchiveTest {
    @Test
    void filesComeBackWithContentOwnerAndMode() throws Exception {
        var files = Map.of(
                "root/a", new StoredFile("one".getBytes(StandardCharsets.UTF_8), 999, 999, 0400),
                "root/sub/b", new StoredFile(new byte[0], 2_500_000, 0, 0640));
        var bytes = new ByteArrayOutputStream();
        FileArchive.write(files, bytes);
        assertThat(FileArchive.read(bytes.toByteArray(), "root"))
                .containsOnly(Map.entry("a", files.get("root/a")), Map.entry("sub/b", files.get("root/sub/b")));
        assertThat(new StoredFile(new byte[1], 999, 999, 0400).toString()).isEqualTo("file of 999:999, mode 0400");
    }
}
