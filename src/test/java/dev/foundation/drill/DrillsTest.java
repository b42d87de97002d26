package dev.foundation.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.BundleId;
import dev.foundation.proof.CheckName;
import dev.foundation.proof.CheckResult;
import dev.foundation.proof.Evidence;
import dev.foundation.seal.SealKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One drill beside those before it (R3.6). */
final class DrillsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final SealKey KEY = SealKey.generate(new SecureRandom());
    private static final List<String> OURS = List.of(KEY.publicLine());

    @TempDir
    Path folder;

    private static Evidence drill(int number, long copied, long restored) {
        return new Evidence(
                "an-instance",
                new BundleId(NOON),
                1,
                number,
                "here",
                Map.of(),
                NOON,
                NOON.plusSeconds(number * 1000L),
                List.of(
                        new Evidence.Step("copy", Duration.ofSeconds(copied)),
                        new Evidence.Step("restore", Duration.ofSeconds(restored)),
                        Evidence.Step.part("restore", "Postgres", Duration.ofSeconds(restored - 1))),
                Duration.ZERO,
                List.of(),
                List.of());
    }

    private void keep(Evidence evidence, SealKey key) throws Exception {
        Path file = folder.resolve(evidence.sequence() + ".json");
        Files.write(file, evidence.bytes());
        Files.writeString(folder.resolve(evidence.sequence() + ".json.sig"), evidence.sign(key));
    }

    @Test
    void theFirstDrillHasNothingBesideIt() throws Exception {
        assertThat(Drills.in(folder.resolve("none"), OURS).compared(drill(1, 1, 1)))
                .isEmpty();
    }

    @Test
    void eachStepStandsBesideTheLastAndTheMedianOfTheLastFive() throws Exception {
        keep(drill(1, 1000, 1000), KEY); // older than five
        keep(drill(2, 10, 100), KEY);
        keep(drill(3, 30, 300), KEY);
        keep(drill(4, 20, 200), KEY);
        keep(drill(5, 50, 500), KEY);
        keep(drill(6, 40, 400), KEY);

        assertThat(Drills.in(folder, OURS).compared(drill(7, 11, 111)))
                .contains("| copy | 11.0 s | 40.0 s | 30.0 s |")
                .contains("| restore | 111.0 s | 400.0 s | 300.0 s |")
                .contains("| restore: Postgres | 110.0 s | 399.0 s | 299.0 s |")
                .contains("| all | 122.0 s | 440.0 s | 330.0 s |")
                .contains("median of 5");
    }

    /** R4.2, R6: red ones do not count, nor do those of a machine that had more than the paper, where the paper is asked for. */
    @Test
    void theLastGreenOneIsKnownAndTheLastFromThePaper() throws Exception {
        keep(green(1, Drills.place("here", true)), KEY);
        keep(green(2, Drills.place("here", false)), KEY);
        keep(drill(3, 1, 1), KEY); // no checks: red

        var drills = Drills.in(folder, OURS);
        assertThat(drills.lastGreen(false).orElseThrow().sequence()).isEqualTo(2);
        assertThat(drills.lastGreen(true).orElseThrow().sequence()).isEqualTo(1);
        assertThat(Drills.in(folder.resolve("none"), OURS).lastGreen(false)).isEmpty();
    }

    private static Evidence green(int number, String place) {
        Evidence red = drill(number, 1, 1);
        return new Evidence(
                red.instance(),
                red.point(),
                red.epoch(),
                red.sequence(),
                place,
                red.versions(),
                red.started(),
                red.ended(),
                red.steps(),
                red.rpo(),
                Stream.of(CheckName.values())
                        .map(each -> new CheckResult(each, 1, Duration.ZERO, List.of()))
                        .toList(),
                List.of());
    }

    @Test
    void whatNoneOfOurKeysSignedIsNoMeasure() throws Exception {
        keep(drill(1, 1, 1), SealKey.generate(new SecureRandom()));
        Files.write(folder.resolve("2.json"), drill(2, 1, 1).bytes()); // no signature
        keep(drill(3, 7, 7), KEY);
        Files.writeString(folder.resolve("3.json"), "{}");

        assertThat(Drills.in(folder, OURS).compared(drill(4, 2, 2))).isEmpty();
    }
}
