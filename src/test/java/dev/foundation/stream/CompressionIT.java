package dev.foundation.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.process.Command;
import dev.foundation.process.Input;
import dev.foundation.testing.Tools;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against {@code gzip} and {@code zstd}, both ways. */
@Timeout(120)
final class CompressionIT {
    private static final int MIB = 1024 * 1024;

    private static byte[] run(byte[] input, String... args) throws IOException {
        try (var source = ProcessSource.start(Command.of(List.of(args)).withInput(Input.of(input)))) {
            return source.readAllBytes();
        }
    }

    @Test
    void theProgramsReadOurFilesAndWeReadTheirs() throws IOException {
        String gzip = Tools.need("gzip").toString();
        String zstd = Tools.need("zstd").toString();
        for (int size : new int[] {0, 1, MIB, MIB + 1, 9 * MIB + 5}) {
            byte[] plain = Samples.bytes(size);
            try (InputStream packed = ParallelGzip.compress(new ByteArrayInputStream(plain), 2)) {
                assertThat(run(packed.readAllBytes(), gzip, "-dc")).isEqualTo(plain);
            }
            try (InputStream packed = ParallelZstd.compress(new ByteArrayInputStream(plain), 2)) {
                byte[] bytes = packed.readAllBytes();
                assertThat(run(bytes, zstd, "-dcq")).isEqualTo(plain);
                assertThat(run(bytes, zstd, "-tq")).isEmpty();
            }
            try (InputStream read = new GunzipReader(new ByteArrayInputStream(run(plain, gzip, "-c")))) {
                assertThat(read.readAllBytes()).isEqualTo(plain);
            }
            try (InputStream read = new ZstdReader(new ByteArrayInputStream(run(plain, zstd, "-cq")))) {
                assertThat(read.readAllBytes()).isEqualTo(plain);
            }
        }
    }
}
