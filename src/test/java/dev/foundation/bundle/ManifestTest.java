package dev.foundation.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.bundle.Manifest.Entry;
import dev.foundation.bundle.Manifest.Exclusion;
import dev.foundation.bundle.Manifest.Measure;
import dev.foundation.stream.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ManifestTest {
    private static final Sha256 SHA = Sha256.of(new byte[0]);
    private static final BundleId POINT = Samples.point(1);

    private static ObjectNode facts() {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("server", "15.14");
        facts.putObject("rows").put("z\u00fc\n\ud83d\ude00", 3).put("a", 1.5);
        facts.putArray("none");
        return facts;
    }

    private static SealedObject object(String name, Sha256 sha256) {
        return new SealedObject(name, 7, sha256, Map.of());
    }

    private static Manifest manifest() {
        return new Manifest(
                POINT,
                Samples.INSTANCE,
                Instant.parse("2026-11-21T03:00:00.5Z"),
                List.of(
                        new Entry(Names.POSTGRES, new Measure(10, SHA), new Measure(7, SHA), facts()),
                        new Entry(Names.OBJECTS, new Measure(0, SHA), new Measure(7, SHA), facts())),
                Map.of("pg_dump", "15.14"),
                SHA,
                SHA,
                List.of(new Exclusion("runner", "registered anew")));
    }

    @Test
    void whatIsWrittenIsReadBackAndIsTheSameBytesAgain() throws Exception {
        Manifest read = Manifest.parse(manifest().bytes());

        assertThat(read.bytes()).isEqualTo(manifest().bytes());
        assertThat(read.artifact(Names.POSTGRES)
                        .orElseThrow()
                        .facts()
                        .get("rows")
                        .get("a")
                        .doubleValue())
                .isEqualTo(1.5);
        assertThat(read.exclusions()).isEqualTo(manifest().exclusions());
        assertThat(read.timestamp()).isEqualTo(manifest().timestamp());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("\"format\": 1", "\"format\": 3", "written by a newer version"),
                Arguments.of("\"tools\"", "\"tolls\"", "tools is missing"),
                Arguments.of("\"format\": 1,", "\"format\": 1,\n  \"extra\": 1,", "extra is unknown"),
                Arguments.of("\"size\": 10", "\"size\": -10", "below zero"),
                Arguments.of("\"size\": 10", "\"size\": \"10\"", "size is no whole number"),
                Arguments.of("\"versionsSha256\": \"e3", "\"versionsSha256\": \"xx", "versionsSha256 is no SHA-256"),
                Arguments.of("\"why\": \"registered anew\"", "\"why\": \"\"", "and why"),
                Arguments.of("2026-11-21T03:00:00.500Z", "yesterday", "timestamp is no moment"),
                Arguments.of("postgres.sql.gz", "../postgres.sql.gz", "not a key"),
                Arguments.of("postgres.sql.gz", "rustfs-blobs/objects.jsonl.zst", "named twice"),
                Arguments.of("  \"format\"", "\"format\"", "canonical"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsNoManifestIsRefusedAndTheFaultIsNamed(String from, String to, String message) {
        String text = new String(manifest().bytes(), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        assertThatThrownBy(() -> Manifest.parse(text.replace(from, to).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BundleException.class)
                .hasMessageStartingWith("MANIFEST.json")
                .hasMessageContaining(message);
    }

    @Test
    void itIsHeldAgainstItsSeal() throws Exception {
        SealedObject[] good = {
            object("postgres.sql.gz.age", SHA),
            object("rustfs-blobs/objects.jsonl.zst.age", SHA),
            object("VERSIONS", SHA),
            object("Pulumi.foundation.yaml", SHA)
        };
        manifest().checkAgainst(seal(POINT, good));

        assertThatThrownBy(() -> manifest().checkAgainst(seal(Samples.point(2), good)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("not of the sealed one");
        for (int i = 0; i < good.length; i++) {
            SealedObject[] bad = good.clone();
            bad[i] = object(good[i].name(), Sha256.of(new byte[1]));
            assertThatThrownBy(() -> manifest().checkAgainst(seal(POINT, bad)))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("differ on");
            bad[i] = object("other", SHA);
            assertThatThrownBy(() -> manifest().checkAgainst(seal(POINT, bad)))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("the seal does not have");
        }
    }

    private static Seal seal(BundleId point, SealedObject... objects) {
        return Samples.seal(Samples.INSTANCE, 1, 1, point, Optional.empty(), objects);
    }
}
