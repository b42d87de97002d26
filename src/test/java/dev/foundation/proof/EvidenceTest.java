package dev.foundation.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BlobObject;
import dev.foundation.bundle.ObjectsReader;
import dev.foundation.bundle.ObjectsWriter;
import dev.foundation.seal.SealException;
import dev.foundation.seal.SealKey;
import dev.foundation.seal.SealSignature;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.TinyPoints;
import dev.foundation.verify.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Evidence: what it says, who is believed, and where it lies (P1). */
final class EvidenceTest {
    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
    private static final SealKey KEY = SealKey.generate(new SecureRandom());
    private static final List<String> OURS = List.of(KEY.publicLine());

    private static List<CheckResult> green() {
        return Stream.of(CheckName.values())
                .map(each -> new CheckResult(each, 3, Duration.ofMillis(1500), List.of()))
                .toList();
    }

    private static Evidence evidence(Instant ended) {
        return Evidence.of(
                ProofFixture.seal(List.of(), 0),
                "a host | with *marks*",
                "1.2.3",
                ended.minusSeconds(600),
                ended,
                List.of(new Evidence.Step("PostgresRestore", Duration.ofSeconds(90))),
                green(),
                List.of());
    }

    @Test
    void itReadsBackAndKnowsTheAgeOfItsPoint() throws Exception {
        Evidence evidence = evidence(NOW);
        assertThat(evidence.rpo()).isEqualTo(Duration.between(ProofFixture.POINT.moment(), NOW.minusSeconds(600)));
        assertThat(Evidence.parse(evidence.bytes())).isEqualTo(evidence);
        assertThat(new String(evidence.bytes(), StandardCharsets.UTF_8))
                .contains("\n  \"verdict\": \"green\",\n")
                .contains("\"id\": \"forgejo.hook\"");
        assertThat(Evidence.proved(evidence.bytes(), evidence.sign(KEY), OURS)).isEqualTo(evidence);
    }

    @Test
    void aVerdictThatDoesNotFollowIsRefused() {
        String text = new String(evidence(NOW).bytes(), StandardCharsets.UTF_8);
        for (String forged : List.of(
                text.replace("\"verdict\": \"green\"", "\"verdict\": \"red\""),
                text.replace("\"looked\": 3", "\"looked\": 0"),
                text.replace("\"format\": 1", "\"format\": 2"),
                text.replace("forgejo.hook", "forgejo.other"),
                text.replace("\n", "\n "),
                text.replace("\"host\"", "\"hosts\""))) {
            assertThat(forged).isNotEqualTo(text);
            assertThatThrownBy(() -> Evidence.parse(forged.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(BundleException.class);
        }
    }

    @Test
    void onlyOurKeyInItsOwnNamespaceIsBelieved() {
        Evidence evidence = evidence(NOW);
        SealKey stranger = SealKey.generate(new SecureRandom());
        assertThatThrownBy(() -> Evidence.proved(evidence.bytes(), evidence.sign(stranger), OURS))
                .isInstanceOf(SealException.class);
        assertThatThrownBy(() -> Evidence.proved(evidence.bytes(), SealSignature.sign(KEY, evidence.bytes()), OURS))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("namespace");
        assertThatThrownBy(() -> SealSignature.verify(OURS, evidence.bytes(), evidence.sign(KEY)))
                .isInstanceOf(SealException.class);
        byte[] other = evidence.bytes();
        other[other.length - 3] ^= 1;
        assertThatThrownBy(() -> Evidence.proved(other, evidence.sign(KEY), OURS)).isInstanceOf(SealException.class);
    }

    @Test
    void peopleReadItInATableThatNothingBreaks() {
        List<CheckResult> checks = new ArrayList<>(green());
        checks.set(
                0,
                new CheckResult(
                        CheckName.POSTGRES_ROWS,
                        1,
                        Duration.ZERO,
                        List.of(new ProofFinding(Severity.ERROR, "a/b", "is\n| empty |"))));
        checks.removeLast();
        String text = Evidence.of(
                        ProofFixture.seal(List.of(), 0), "a | b", "1", NOW, NOW, List.of(), checks, List.of("broke off"))
                .markdown();
        assertThat(text)
                .contains("RED")
                .contains("| restored on | a \\| b |")
                .contains("- ERROR: postgres.rows a/b: is \\| empty \\|")
                .contains("| forgejo.hook | RED: not run |")
                .contains("- ERROR: broke off");
        assertThat(evidence(NOW).markdown()).contains("GREEN").contains("| PostgresRestore | 90.0 s |");
    }

    @Test
    void itLiesBesideThePointsAndComesBackWhenItIsProved() throws Exception {
        var store = new MemoryStore("local");
        Proofs proofs = new Proofs(OURS);
        Evidence first = evidence(NOW);
        Evidence second = evidence(NOW.plusSeconds(3600));
        proofs.write(store, second, second.sign(KEY));
        proofs.write(store, first, first.sign(KEY));
        proofs.write(store, first, first.sign(KEY)); // once more: it is there already
        String base = "proofs/20261121T030000Z-20261122T040000Z";
        for (String each : List.of(".json", ".md", ".json.sig")) {
            assertThat(store.find(new ObjectKey(base + each))).isPresent();
        }
        for (int i = 0; i < 2; i++) { // the second time from memory
            Proofs.Listing listing = proofs.list(store, NOW);
            assertThat(listing.valid()).containsExactly(first, second);
            assertThat(listing.alarms()).isEmpty();
        }
        Evidence other = Evidence.of(
                ProofFixture.seal(List.of(), 0), "elsewhere", "1", NOW, NOW, List.of(), green(), List.of());
        assertThatThrownBy(() -> proofs.write(store, other, other.sign(KEY)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.EXISTS));
    }

    @Test
    void whatIsNotSignedByUsIsIgnoredAndTold() throws Exception {
        var store = new MemoryStore("local");
        Proofs proofs = new Proofs(OURS);
        Evidence evidence = evidence(NOW);
        byte[] json = evidence.bytes();
        TinyPoints.put(store, new ObjectKey(Proofs.base(evidence) + ".json"), json);
        Instant later = Instant.now().plus(Duration.ofDays(400));
        assertThat(proofs.list(store, later).valid()).isEmpty();
        assertThat(proofs.list(store, later).alarms()).singleElement().asString().contains("is not signed");
        assertThat(proofs.list(store, Instant.EPOCH).alarms()).as("a writer may be at it").isEmpty();

        SealKey stranger = SealKey.generate(new SecureRandom());
        TinyPoints.put(
                store,
                new ObjectKey(Proofs.base(evidence) + ".json.sig"),
                evidence.sign(stranger).getBytes(StandardCharsets.US_ASCII));
        assertThat(proofs.list(store, later).valid()).isEmpty();
        assertThat(proofs.list(store, later).alarms()).singleElement().asString().contains("is refused");

        // A good one under the name of another moment is a replay.
        var second = new MemoryStore("second");
        TinyPoints.put(second, new ObjectKey("proofs/20261121T030000Z-20271122T040000Z.json"), json);
        TinyPoints.put(
                second,
                new ObjectKey("proofs/20261121T030000Z-20271122T040000Z.json.sig"),
                evidence.sign(KEY).getBytes(StandardCharsets.US_ASCII));
        assertThat(proofs.list(second, later).valid()).isEmpty();
        assertThat(proofs.list(second, later).alarms()).singleElement().asString().contains("another name");
    }

    @Test
    void evidenceIsNoDamageToAListingOfPoints() throws Exception {
        var store = new MemoryStore("local");
        TinyPoints points = new TinyPoints(1);
        points.take(BundleId.of("20261121T030000Z"), List.of(store), List.of(1, 2));
        Evidence evidence = evidence(NOW);
        new Proofs(OURS).write(store, evidence, evidence.sign(KEY));
        var list = TinyPoints.list(store, points.known());
        assertThat(list.alarms()).isEmpty();
        assertThat(list.sealed()).hasSize(1);
        assertThat(list.points()).hasSize(1);
    }

    @Test
    void samplesAreTheEdgesOfEachBucketAndTheSameForTheSameSeed() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new ObjectsWriter(bytes)) {
            for (int i = 100; i < 200; i++) {
                String modified = i == 150 ? "2026-11-20T09:00:00Z" : "2026-11-20T00:00:00Z";
                writer.add(ProofFixture.object("media", "k" + i, "x".repeat(i == 170 ? 50 : 3), modified));
            }
            writer.add(ProofFixture.object("one", "alone", "x", "2026-11-20T00:00:00Z"));
            writer.finish();
        }
        ObjectSamples first = choose(bytes.toByteArray(), 7);
        assertThat(first.listed()).containsEntry("media", 100L).containsEntry("one", 1L);
        assertThat(first.chosen())
                .extracting(each -> each.key().text())
                .contains("k100", "k199", "k170", "k150", "alone")
                .doesNotHaveDuplicates();
        assertThat(first.chosen()).hasSizeBetween(5 + 1, 5 + 10);
        assertThat(choose(bytes.toByteArray(), 7)).isEqualTo(first);
        assertThat(Arrays.asList(choose(bytes.toByteArray(), 8), choose(bytes.toByteArray(), 9)))
                .as("another seed, other objects")
                .anySatisfy(each -> assertThat(each).isNotEqualTo(first));
        List<BlobObject> none = choose(empty(), 1).chosen();
        assertThat(none).isEmpty();
    }

    private static ObjectSamples choose(byte[] lines, long seed) throws Exception {
        try (var reader = new ObjectsReader(new ByteArrayInputStream(lines))) {
            return ObjectSamples.choose(reader, 10, new Random(seed));
        }
    }

    private static byte[] empty() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new ObjectsWriter(bytes)) {
            writer.finish();
        }
        return bytes.toByteArray();
    }
}
