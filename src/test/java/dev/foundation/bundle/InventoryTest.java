package dev.foundation.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.foundation.secret.Secret;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InventoryTest {
    private static final Sha256 SHA = Sha256.of(new byte[0]);

    private static InventoryLine line(long number) {
        return new InventoryLine(new BlobName(String.format("%064x", number)), number, SHA);
    }

    private static void read(byte[] content) throws IOException {
        try (var reader = new InventoryReader(new ByteArrayInputStream(content))) {
            while (reader.next().isPresent()) {
                // Only read.
            }
        }
    }

    private static void refused(String lines, String message) {
        assertThatThrownBy(() -> read(Zstd.compress(lines.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(message);
    }

    @Test
    void twoHundredThousandLinesAreWrittenAndReadFast() throws Exception {
        long start = System.nanoTime();
        var target = new ByteArrayOutputStream();
        try (var writer = new InventoryWriter(target)) {
            for (int i = 0; i < 200_000; i++) {
                writer.add(line(i));
            }
            writer.finish();
            assertThat(writer.count()).isEqualTo(200_000);
        }
        try (var reader = new InventoryReader(new ByteArrayInputStream(target.toByteArray()))) {
            assertThat(reader.next()).contains(line(0));
            assertThat(reader.next()).contains(line(1));
            reader.finish(new Seal.Blobs(200_000, 199_999L * 100_000, 0, 0));
        }
        System.out.println("200,000 lines written and read: "
                + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
    }

    @Test
    void aWriterThatWasNotFinishedLeavesNoWholeFile() throws Exception {
        var target = new ByteArrayOutputStream();
        try (var writer = new InventoryWriter(target)) {
            writer.add(line(1));
        }
        assertThatThrownBy(() -> read(target.toByteArray())).isInstanceOf(BundleException.class);
    }

    @Test
    void aFileCutAnywhereIsRefused() throws Exception {
        var target = new ByteArrayOutputStream();
        try (var writer = new InventoryWriter(target)) {
            for (int i = 0; i < 50; i++) {
                writer.add(line(i));
            }
            writer.finish();
        }
        byte[] whole = target.toByteArray();
        read(whole);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).as("cut to %s bytes", length).isInstanceOf(BundleException.class);
        }
    }

    @Test
    void linesOutOfOrderTwiceOrDamagedAreNamed() throws Exception {
        String one = line(1).text() + "\n";
        String two = line(2).text() + "\n";
        refused(two + one, "line 2: out of order");
        refused(one + one, "line 2: the same blob again");
        refused(one + two.replace(" 2 ", " -2 "), "line 2: is not a blob's name");
        refused(one.replace(" 1 ", " 01 "), "line 1: is not a blob's name");
        refused(one.replace(" 1 ", "  1 "), "line 1: is");
        refused("../" + one, "line 1: is");
        refused(one + two.strip(), "line 2: ends without a newline");
        refused("x".repeat(1_000_000), "longer than");
        refused("\n", "line 1: is not");
        try (var writer = new InventoryWriter(new ByteArrayOutputStream())) {
            writer.add(line(2));
            assertThatThrownBy(() -> writer.add(line(2))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anInventoryOfOtherCountsThanTheSealSaysIsRefused() throws Exception {
        byte[] content = Zstd.compress((line(5).text() + "\n").getBytes(StandardCharsets.UTF_8));
        try (var reader = new InventoryReader(new ByteArrayInputStream(content))) {
            assertThatThrownBy(() -> reader.finish(new Seal.Blobs(2, 5, 0, 0)))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("lists 1 blobs");
        }
    }

    @Test
    void objectsOfAnyKeyComeBackAsTheyWere() throws Exception {
        List<ObjectText> keys = List.of(
                ObjectText.of("a\nb\u0000\"\\ \u2028 \ud83d\ude00 \u007f"),
                ObjectText.of(new byte[] {(byte) 0xff, (byte) 0xfe, 'x'}),
                ObjectText.of("k".repeat(1024)));
        var target = new ByteArrayOutputStream();
        try (var writer = new ObjectsWriter(target)) {
            for (ObjectText each : keys) {
                writer.add(object(each));
            }
            writer.finish();
        }
        try (var reader = new ObjectsReader(new ByteArrayInputStream(target.toByteArray()))) {
            for (ObjectText each : keys) {
                assertThat(reader.next()).contains(object(each));
            }
            assertThat(reader.next()).isEmpty();
        }
        assertThat(keys.get(1).bytes()).containsExactly(0xff, 0xfe, 'x');
    }

    @Test
    void anObjectsLineWithAnyFaultIsNamed() {
        String good = object(ObjectText.of("k")).line();
        for (String bad : List.of(
                good.replace("\"size\":3", "\"size\":-3"),
                good.replace("\"size\":3,", ""),
                good.replace("\"size\":3", "\"size\":3,\"x\":1"),
                good.replace("\"key\":\"k\"", "\"keyBase64\":\"aw==\""),
                good.replace("\"key\":\"k\"", "\"keyBase64\":\"/w==\",\"key\":\"k\""),
                good.replace("2026", "x"),
                good + "}")) {
            assertThatThrownBy(() -> BlobObject.parse(bad)).as(bad).isInstanceOf(BundleException.class);
        }
    }

    @Test
    void blobNamesTellEveryIdentityApartAndAreTheSameForEver() {
        var names = new BlobNames(Secret.of(Base64.getEncoder().encodeToString(new byte[32])));
        ObjectText key = ObjectText.of("b");
        Instant when = Instant.ofEpochSecond(1, 5);
        assertThat(List.of(
                        names.versioned("a", key, "c"),
                        names.versioned("ab", ObjectText.of(""), "c"),
                        names.versioned("a", ObjectText.of("bc"), ""),
                        names.unversioned("a", key, "c", 1, when),
                        names.unversioned("a", key, "c", 11, when),
                        names.unversioned("a", key, "c", 1, when.plusNanos(1)),
                        new BlobNames(Secret.of(Base64.getEncoder().encodeToString(filled())))
                                .versioned("a", key, "c")))
                .doesNotHaveDuplicates();
        // python3: hmac.new(bytes(32), b''.join(len(f).to_bytes(4,'big')+f for f in [b'foundation-blob-1 version',
        // b'a', b'b', b'c']), 'sha256')
        assertThat(names.versioned("a", key, "c").hex())
                .isEqualTo("29fd23e5e1bce81fa0ea4a15896554a9f588159f4708244c9bbd3a0a1d914724");
        assertThatThrownBy(() -> new BlobNames(Secret.of("c2VjcmV0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("c2VjcmV0");
    }

    private static byte[] filled() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 1);
        return key;
    }

    private static BlobObject object(ObjectText key) {
        return new BlobObject(
                "forgejo-lfs",
                key,
                "v1",
                3,
                SHA,
                "",
                Map.of("x", "y"),
                Instant.parse("2026-11-21T03:00:00.123Z"),
                new BlobName("0".repeat(64)));
    }

    @Test
    void anInventoryMayHaveNoLine() throws Exception {
        var target = new ByteArrayOutputStream();
        try (var writer = new InventoryWriter(target)) {
            writer.finish();
        }
        try (var reader = new InventoryReader(new ByteArrayInputStream(target.toByteArray()))) {
            assertThat(reader.next()).isEqualTo(Optional.empty());
        }
    }
}
