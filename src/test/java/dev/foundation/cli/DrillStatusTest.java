package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.BundleId;
import dev.foundation.proof.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** R4.2: what is overdue says what to run. */
final class DrillStatusTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static Optional<Evidence> drill() {
        return Optional.of(new Evidence(
                "an-instance",
                new BundleId(NOON),
                1,
                1,
                "here",
                Map.of(),
                NOON,
                NOON,
                List.of(new Evidence.Step("restore", Duration.ofSeconds(157))),
                Duration.ZERO,
                List.of(),
                List.of()));
    }

    private static String said(Optional<Evidence> last, Optional<Evidence> paper, long days) {
        return String.join(
                "\n", new DrillStatus(last, paper, Optional.empty()).lines(NOON.plus(Duration.ofDays(days))));
    }

    @Test
    void whatIsOverdueIsSaidWithItsCommand() {
        assertThat(said(Optional.empty(), Optional.empty(), 0))
                .contains("none was green on this host yet")
                .endsWith("./foundation drill");
        assertThat(said(drill(), drill(), 183)).isEqualTo("Drill: green on 2026-11-21, restored in 2:37 (RTO).");
        assertThat(said(drill(), drill(), 184))
                .contains("more than half a year ago")
                .contains("./foundation drill");
        assertThat(said(drill(), Optional.empty(), 1))
                .contains("restored in 2:37")
                .contains("./foundation drill --paper");
    }

    @Test
    void drillsThatThisUserMayNotReadAreNotTakenForNone() {
        assertThat(new DrillStatus(Optional.empty(), Optional.empty(), Optional.of(Path.of("/state/drills")))
                        .lines(NOON))
                .containsExactly("Drill: /state/drills cannot be read by this user: ask as the one who drills.");
    }
}
