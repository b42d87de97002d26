package dev.foundation.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.process.Command;
import dev.foundation.stream.ProcessSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class EngineMemoryTest {
    /** Digest, compress, seal, digest, open, decompress, digest: all at once, 96 MiB each by zstd and by gzip, in 88 MiB of heap. */
    @Test
    @Timeout(300)
    void theEngineStreamsMoreThanItsHeap() throws IOException {
        Command command = Command.of(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx88m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EngineBench.class.getName(),
                "soak",
                "96"));
        try (var source = ProcessSource.start(command)) {
            assertThat(new String(source.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("whole\n");
        }
    }
}
