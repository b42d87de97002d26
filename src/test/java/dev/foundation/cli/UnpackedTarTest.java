package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.artifact.forgejo.ForgejoVolume;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnpackedTarTest {
    /** Where the first record of tar's usual length is full: the end mark is in it, and much of the archive's last record comes after it. */
    private static final int FIRST = 10_240;

    @TempDir
    Path folder;

    @Test
    void anArchiveIsReadToItsLastByteHoweverLateThatComes() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("file"), "content");
        byte[] tar;
        try (var volume = new ForgejoVolume(source, List.of(), UnaryOperator.identity())) {
            tar = volume.content().readAllBytes();
        }
        assertThat(tar.length).isGreaterThan(FIRST);
        Path target = Files.createDirectories(folder.resolve("target"));

        UnpackedTar.into(
                new SequenceInputStream(
                        new ByteArrayInputStream(tar, 0, FIRST),
                        new SequenceInputStream(new Pause(), new ByteArrayInputStream(tar, FIRST, tar.length - FIRST))),
                target);

        assertThat(target.resolve("file")).hasContent("content");
    }

    /** Nothing, after a while. */
    private static final class Pause extends InputStream {
        @Override
        public int read() throws IOException {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return -1;
        }
    }
}
