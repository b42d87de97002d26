package dev.foundation.artifact.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** Archives here are made by another implementation. */
final class TarParserTest {
    private static byte[] archive() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, 512, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (var each : Map.of("short", 0, "x".repeat(200) + "/ü\n", 513, "full-block", 1024)
                    .entrySet()) {
                var entry = new TarArchiveEntry(each.getKey());
                entry.setSize(each.getValue());
                entry.setMode(0640);
                entry.setIds(1000, 3_000_000);
                entry.addPaxHeader("SCHILY.xattr.user.k", "v");
                tar.putArchiveEntry(entry);
                tar.write(new byte[each.getValue()]);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static List<TarEntry> read(byte[] tar) throws IOException {
        var entries = new ArrayList<TarEntry>();
        TarReader.read(new ByteArrayInputStream(tar), entry -> {
            entries.add(entry);
            return Optional.empty();
        });
        return entries;
    }

    @Test
    void entriesAreToldWithOwnerModeAndSize() throws IOException {
        List<TarEntry> entries = read(archive());
        assertThat(entries)
                .extracting(TarEntry::name)
                .containsExactlyInAnyOrder("short", "x".repeat(200) + "/ü\n", "full-block");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.mode()).isEqualTo(0640);
            assertThat(entry.uid()).isEqualTo(1000);
            assertThat(entry.gid()).isEqualTo(3_000_000);
            assertThat(entry.extended()).containsEntry("SCHILY.xattr.user.k", "v");
        });
        assertThat(entries).extracting(TarEntry::size).containsExactlyInAnyOrder(0L, 513L, 1024L);
    }

    @Test
    void anyPiecesGiveTheSame() throws IOException {
        byte[] tar = archive();
        for (int piece : new int[] {1, 7, 511, 512, 513}) {
            var names = new ArrayList<String>();
            var parser = new TarParser(entry -> {
                names.add(entry.name());
                return Optional.empty();
            });
            for (int at = 0; at < tar.length; at += piece) {
                parser.accept(tar, at, Math.min(piece, tar.length - at));
            }
            parser.finish();
            assertThat(names).hasSize(3);
        }
    }

    @Test
    void everyCutIsRefused() throws IOException {
        byte[] tar = archive();
        int end = tar.length;
        while (end >= 512 && allZero(tar, end - 512)) {
            end -= 512;
        }
        // Two blocks of zeros are the end; more only fill up.
        for (int length = 0; length < end + 1024; length += length < end ? 37 : 1) {
            byte[] cut = Arrays.copyOf(tar, length);
            assertThatThrownBy(() -> read(cut)).as("cut to %d", length).isInstanceOf(IOException.class);
        }
    }

    private static boolean allZero(byte[] bytes, int from) {
        for (int i = from; i < from + 512; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aFlippedBitInAHeaderIsRefused() throws IOException {
        byte[] tar = archive();
        for (int at : new int[] {0, 100, 124, 156, 257, 329}) {
            byte[] flipped = tar.clone();
            flipped[at] ^= 1;
            assertThatThrownBy(() -> read(flipped)).as("byte %d", at).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatFollowsTheEndIsRefused() throws IOException {
        byte[] tar = archive();
        byte[] longer = Arrays.copyOf(tar, tar.length + 512);
        longer[tar.length] = 'x';
        assertThatThrownBy(() -> read(longer)).hasMessageContaining("goes on after");
        assertThatThrownBy(() -> read("no tar at all".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }
}
