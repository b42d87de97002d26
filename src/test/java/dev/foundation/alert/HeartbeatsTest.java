package dev.foundation.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.alert.Heartbeats.Findings;
import dev.foundation.schedule.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HeartbeatsTest {
    private static final Heartbeats HEARTBEATS =
            new Heartbeats(Map.of(Job.BACKUP, Duration.ofHours(25), Job.DRILL, Duration.ofDays(8)));
    private static final Instant SETUP = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant BACKUP = Instant.parse("2026-11-20T03:00:00Z");
    private static final Instant DRILL = Instant.parse("2026-11-18T00:00:00Z");

    private static Findings check(Map<Job, Instant> successes, Set<Job> alerted, String now) {
        return HEARTBEATS.check(successes, SETUP, alerted, "foundation", Instant.parse(now));
    }

    @Test
    void aJobWithinItsAgeIsQuiet() {
        Findings findings = check(Map.of(Job.BACKUP, BACKUP, Job.DRILL, DRILL), Set.of(), "2026-11-21T04:00:00Z");
        assertThat(findings).isEqualTo(new Findings(List.of(), Set.of(), Set.of()));
    }

    @Test
    void eachSilenceIsAlertedOnceAndItsEndToo() {
        Map<Job, Instant> successes = Map.of(Job.BACKUP, BACKUP, Job.DRILL, DRILL);
        Findings first = check(successes, Set.of(), "2026-11-21T04:00:01Z");
        assertThat(first.alerts()).hasSize(1);
        assertThat(first.alerts().getFirst().title()).isEqualTo("backup is overdue");
        assertThat(first.alerts().getFirst().body())
                .startsWith("The last good backup was at 2026-11-20T03:00:00Z, 25 h ago; it should be 25 h at most.");
        assertThat(first.overdue()).containsExactly(Job.BACKUP);
        Findings second = check(successes, first.alerted(), "2026-11-23T04:00:00Z");
        assertThat(second.alerts()).isEmpty();
        assertThat(second.overdue()).containsExactly(Job.BACKUP);
        Map<Job, Instant> better = Map.of(Job.BACKUP, Instant.parse("2026-11-23T05:00:00Z"), Job.DRILL, DRILL);
        Findings third = check(better, second.alerted(), "2026-11-23T05:01:00Z");
        assertThat(third.alerts().getFirst().title()).isEqualTo("backup is back");
        assertThat(third.alerted()).isEmpty();
        assertThat(check(better, third.alerted(), "2026-11-25T05:01:00Z").alerts())
                .hasSize(1);
    }

    @Test
    void aDrillThatNeverSucceededIsOverdueThoughBackupsRun() {
        Findings findings = check(Map.of(Job.BACKUP, BACKUP), Set.of(), "2026-11-20T04:00:00Z");
        assertThat(findings.alerts()).hasSize(1);
        assertThat(findings.alerts().getFirst().body())
                .startsWith("No drill has succeeded since 2026-11-01T00:00:00Z, 19 days ago");
    }

    @Test
    void aSuccessInTheFutureHidesNoSilence() {
        Map<Job, Instant> successes = Map.of(Job.BACKUP, Instant.parse("2030-01-01T00:00:00Z"), Job.DRILL, DRILL);
        assertThat(check(successes, Set.of(), "2026-11-21T04:00:00Z").overdue()).containsExactly(Job.BACKUP);
    }

    @Test
    void aJobWithoutAMaximumAgeIsNotWatched() {
        assertThat(check(Map.of(Job.BACKUP, BACKUP, Job.DRILL, DRILL), Set.of(), "2026-11-20T04:00:00Z")
                        .overdue())
                .doesNotContain(Job.PRUNE);
    }
}
