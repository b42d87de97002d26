package dev.foundation.bundle;

import static dev.foundation.bundle.Samples.INSTANCE;
import static dev.foundation.bundle.Samples.object;
import static dev.foundation.bundle.Samples.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.stream.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SealTest {
    private static final Seal SEAL = Samples.seal(1, 2, point(2), Optional.of(Sha256.of(new byte[0])));

    @Test
    void whatIsWrittenIsReadBackAndIsTheSameBytesAgain() throws Exception {
        Seal read = Seal.parse(SEAL.bytes());

        assertThat(read).isEqualTo(SEAL);
        assertThat(read.bytes()).isEqualTo(SEAL.bytes());
        assertThat(new String(SEAL.bytes(), StandardCharsets.UTF_8))
                .startsWith("{\n  \"blobs\": {\n")
                .endsWith("}\n");
    }

    @Test
    void theOrderInWhichObjectsAreGivenDoesNotMatter() {
        Optional<Sha256> previous = Optional.empty();
        assertThat(Samples.seal(INSTANCE, 1, 1, point(1), previous, object("b"), object("a"))
                        .bytes())
                .isEqualTo(Samples.seal(INSTANCE, 1, 1, point(1), previous, object("a"), object("b"))
                        .bytes());
    }

    @Test
    void aNewerFormatIsToldAsSuchWhateverElseItHolds() {
        assertThatThrownBy(() -> Seal.parse("{\"format\": 2, \"colour\": 1.5}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("written by a newer version")
                .hasMessageContaining("format is 2");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("\"epoch\": 1", "\"epoch\": 0", "epoch is below 1"),
                Arguments.of("\"epoch\": 1", "\"epoch\": 1.0", "epoch is no whole number"),
                Arguments.of("\"epoch\": 1", "\"epoch\": 4294967297", "epoch is out of range"),
                Arguments.of("\"epoch\": 1", "\"epoch\": \"1\"", "epoch is no whole number"),
                Arguments.of("\"epoch\": 1,", "\"epoch\": 1,\n  \"epoch\": 1,", "Duplicate field 'epoch'"),
                Arguments.of("\"epoch\": 1,", "", "epoch is missing"),
                Arguments.of("\"epoch\": 1,", "\"epoch\": 1,\n  \"epocha\": 1,", "epocha is unknown"),
                Arguments.of("\"format\": 1", "\"format\": 0", "never was a format 0"),
                Arguments.of("\"sequence\": 2", "\"sequence\": 0", "sequence is below 1"),
                Arguments.of("\"sequence\": 2", "\"sequence\": 1", "first seal has a previous one"),
                Arguments.of("\"sequence\": 2", "\"sequence\": 99999999999999999999", "sequence is no whole number"),
                Arguments.of("\"size\": 7", "\"size\": -1", "below zero"),
                Arguments.of("\"name\": \"VERSIONS\"", "\"name\": \"../VERSIONS\"", "no name inside the point"),
                Arguments.of("\"name\": \"VERSIONS\"", "\"name\": \"/VERSIONS\"", "no name inside the point"),
                Arguments.of("\"name\": \"VERSIONS\"", "\"name\": \"a/../../VERSIONS\"", "no name inside the point"),
                Arguments.of("\"name\": \"VERSIONS\"", "\"name\": \"\"", "no name inside the point"),
                Arguments.of("\"name\": \"VERSIONS\"", "\"name\": \"SEAL.json\"", "no name inside the point"),
                Arguments.of("\"name\": \"VERSIONS\"", "\"name\": \"postgres.sql.gz.age\"", "named twice"),
                Arguments.of("\"recipients\": [", "\"recipients\": [\n    \"age1?\",", "recipients are not"),
                Arguments.of("\"instance\": \"6", "\"instance\": \"x", "instance is no UUID"),
                Arguments.of("\"previous\": \"e", "\"previous\": \"E", "previous is no SHA-256"),
                Arguments.of("\"point\": \"2", "\"point\": \"9", "canonical"),
                Arguments.of("\"newCount\": 1", "\"newCount\": 4", "what is new is part of all"),
                Arguments.of("\"sealSigningKey\": 1", "\"sealSigningKey\": 0", "keyGenerations"),
                Arguments.of("  \"epoch\"", " \"epoch\"", "canonical form"),
                Arguments.of("\"warnings\": []", "\"warnings\": [[]]", "something else than texts"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsNoSealIsRefusedAndTheFaultIsNamed(String from, String to, String message) {
        String text = new String(SEAL.bytes(), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        // A change of the point's name alone is a good seal of another point.
        String changed = text.replace(from, to) + (message.equals("canonical") ? " " : "");
        assertThatThrownBy(() -> Seal.parse(changed.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(message);
    }

    @Test
    void bombsAreRefusedBeforeTheyTakeMemory() {
        for (String bomb : List.of(
                "[".repeat(1_000_000),
                "{\"a\":".repeat(100_000),
                "[" + "0,".repeat(2_000_000) + "0]",
                "{\"format\": " + "9".repeat(1_000_000) + "}",
                "",
                "null",
                "{} {}")) {
            assertThatThrownBy(() -> Seal.parse(bomb.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(BundleException.class)
                    .hasMessageStartingWith("SEAL.json");
        }
        assertThatThrownBy(() -> Seal.parse(new byte[(16 << 20) + 1]))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("are not read");
    }

    @Test
    void previousIsEmptyOnlyAtABeginning() {
        assertThat(Samples.seal(2, 9, point(9), Optional.empty()).epoch()).isEqualTo(2);
        assertThatThrownBy(() -> Samples.seal(1, 9, point(9), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither the first seal");
    }

    @Test
    void versionsAreHintsOfNamedStores() {
        assertThatThrownBy(() -> new SealedObject("VERSIONS", 1, Sha256.of(new byte[0]), Map.of("local", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
