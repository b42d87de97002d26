package dev.foundation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class CompressionTest {
    private static final int MIB = 1024 * 1024;

    private static byte[] gzip(byte[] plain, int level, int workers) throws IOException {
        try (InputStream stream = ParallelGzip.compress(new ByteArrayInputStream(plain), level, workers)) {
            return stream.readAllBytes();
        }
    }

    private static byte[] zstd(byte[] plain, int workers) throws IOException {
        try (InputStream stream = ParallelZstd.compress(new ByteArrayInputStream(plain), workers)) {
            return stream.readAllBytes();
        }
    }

    private static byte[] gunzip(byte[] packed) throws IOException {
        try (InputStream stream = new GunzipReader(new ByteArrayInputStream(packed))) {
            return stream.readAllBytes();
        }
    }

    private static byte[] unzstd(byte[] packed) throws IOException {
        try (InputStream stream = new ZstdReader(new ByteArrayInputStream(packed))) {
            return stream.readAllBytes();
        }
    }

    @Test
    void gzipComesBackAndIsTheSameForAnyNumberOfWorkers() throws IOException {
        for (int size : new int[] {0, 1, 65_536, MIB - 1, MIB, MIB + 1, 5 * MIB + 12_345}) {
            byte[] plain = Samples.bytes(size);
            byte[] packed = gzip(plain, 6, 1);
            assertThat(gunzip(packed)).isEqualTo(plain);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                    .isEqualTo(plain);
            assertThat(gzip(plain, 6, 2)).isEqualTo(packed);
            assertThat(gzip(plain, 6, 7)).isEqualTo(packed);
        }
        assertThat(gzip(new byte[0], 6, 2)).hasSize(20).startsWith(0x1f, 0x8b, 8, 0);
        assertThat(gunzip(gzip(Samples.bytes(100_000), 0, 2))).isEqualTo(Samples.bytes(100_000));
        assertThat(gzip(Samples.bytes(MIB), 9, 2)).hasSizeLessThan(gzip(Samples.bytes(MIB), 1, 2).length);
    }

    @Test
    void zstdComesBackAndIsTheSameForAnyNumberOfWorkers() throws IOException {
        for (int size : new int[] {0, 1, 65_536, 2 * MIB - 1, 2 * MIB, 4 * MIB, 4 * MIB + 1, 13 * MIB + 12_345}) {
            byte[] plain = Samples.bytes(size);
            byte[] packed = zstd(plain, 1);
            assertThat(unzstd(packed)).isEqualTo(plain);
            assertThat(zstd(plain, 2)).isEqualTo(packed);
            assertThat(zstd(plain, 5)).isEqualTo(packed);
        }
        assertThat(zstd(new byte[0], 2)).isNotEmpty();
    }

    @Test
    void whatIsCutAnywhereButBetweenMembersDoesNotEndNormally() throws IOException {
        byte[] plain = Samples.bytes(5000);
        byte[] gzip = gzip(plain, 6, 1);
        byte[] zstd = zstd(plain, 1);
        byte[] twoMembers = join(gzip, gzip);
        byte[] twoFrames = join(zstd, zstd);
        for (int length = 0; length < twoMembers.length; length++) {
            byte[] cut = Arrays.copyOf(twoMembers, length);
            if (length != gzip.length) {
                assertThatThrownBy(() -> gunzip(cut))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("cut");
            }
        }
        for (int length = 0; length < twoFrames.length; length++) {
            byte[] cut = Arrays.copyOf(twoFrames, length);
            if (length != zstd.length) {
                assertThatThrownBy(() -> unzstd(cut))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("cut");
            }
        }
        assertThat(gunzip(twoMembers)).hasSize(10_000);
        assertThat(unzstd(twoFrames)).hasSize(10_000);
    }

    @Test
    void noFlippedBitYieldsAnotherContentUnnoticed() throws IOException {
        byte[] plain = Samples.bytes(3000);
        var random = new Random(5);
        for (int turn = 0; turn < 1500; turn++) {
            byte[] gzip = gzip(plain, 6, 1);
            byte[] zstd = zstd(plain, 1);
            gzip[random.nextInt(gzip.length)] ^= (byte) (1 << random.nextInt(8));
            zstd[random.nextInt(zstd.length)] ^= (byte) (1 << random.nextInt(8));
            assertRefusedOrSame(() -> gunzip(gzip), plain);
            assertRefusedOrSame(() -> unzstd(zstd), plain);
        }
    }

    private interface Attempt {
        byte[] read() throws IOException;
    }

    /** A gzip header has bits that mean nothing, such as its time. */
    private static void assertRefusedOrSame(Attempt attempt, byte[] plain) {
        try {
            assertThat(attempt.read()).isEqualTo(plain);
        } catch (IOException e) {
            assertThat(e.getMessage()).containsAnyOf("damaged", "cut");
        }
    }

    @Test
    void garbageAfterTheEndIsRefused() throws IOException {
        for (byte[] garbage : new byte[][] {{0}, {0x1f}, {0x28, (byte) 0xb5}, new byte[100], Samples.bytes(70_000)}) {
            byte[] gzip = join(gzip(Samples.bytes(100), 6, 1), garbage);
            byte[] zstd = join(zstd(Samples.bytes(100), 1), garbage);
            assertThatThrownBy(() -> gunzip(gzip)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> unzstd(zstd)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void gzipHeadersWithNamesAndChecksumsAreRead() throws IOException {
        byte[] packed = gzip(Samples.bytes(100), 6, 1);
        var full = new ByteArrayOutputStream();
        full.write(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3});
        full.write(new byte[] {3, 0, 1, 2, 3});
        full.write(new byte[] {'n', 0, 'c', 'c', 0});
        var crc = new CRC32();
        crc.update(full.toByteArray());
        full.write((int) crc.getValue());
        full.write((int) crc.getValue() >> 8);
        full.write(packed, 10, packed.length - 10);
        assertThat(gunzip(full.toByteArray())).isEqualTo(Samples.bytes(100));
        byte[] wrong = full.toByteArray();
        wrong[16] ^= 1;
        assertThatThrownBy(() -> gunzip(wrong)).hasMessageContaining("header checksum");
    }

    private static byte[] join(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
