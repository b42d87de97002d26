package dev.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The training in a JVM of its own, as the launcher starts it. */
@Timeout(120)
final class TrainingTest {
    @TempDir
    private Path folder;

    @Test
    void everyDoorOpensWithoutConfigurationAndNothingIsPrinted() throws Exception {
        Path log = folder.resolve("log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.foundation.Main",
                        "train")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        Process training = builder.start();
        try {
            assertThat(training.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            training.destroyForcibly();
        }
        assertThat(Files.readString(log)).isEmpty();
        assertThat(training.exitValue()).isZero();
    }
}
