package dev.foundation.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.retention.RunFacts;
import dev.foundation.schedule.Job;
import dev.foundation.stream.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent remembers over its own end. */
final class AgentStateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    private static final Sha256 SEAL = Sha256.of("seal".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private static RunFacts facts(long size) {
        return new RunFacts(Map.of("postgres.sql.gz", size), Map.of(), Map.of(), OptionalLong.of(2));
    }

    @Test
    void aRunThatNeverEndedWasCutShort() throws Exception {
        AgentState state = AgentState.load(folder, NOW);
        assertThat(state.cutShort(Job.BACKUP)).isFalse();
        state.begin(Job.BACKUP, NOW);
        assertThat(AgentState.load(folder, NOW).cutShort(Job.BACKUP)).isTrue();
        state.end(Job.BACKUP, NOW.plusSeconds(5), false);
        assertThat(AgentState.load(folder, NOW).cutShort(Job.BACKUP)).isFalse();
        assertThat(AgentState.load(folder, NOW).succeeded()).isEmpty();
        state.begin(Job.BACKUP, NOW.plusSeconds(60));
        assertThat(state.cutShort(Job.BACKUP)).isTrue();
        state.end(Job.BACKUP, NOW.plusSeconds(61), true);
        assertThat(AgentState.load(folder, NOW).succeeded()).containsEntry(Job.BACKUP, NOW.plusSeconds(61));
    }

    @Test
    void theChainAndTheLastFiveGoodRunsComeBack() throws Exception {
        AgentState state = AgentState.load(folder, NOW);
        assertThat(state.known(List.of()).sequence()).isZero();
        for (int i = 1; i <= 7; i++) {
            state.sealed(i, SEAL, Optional.of(facts(i)));
        }
        state.sealed(8, SEAL, Optional.empty()); // a suspicious one is nothing to compare with
        AgentState again = AgentState.load(folder, NOW.plusSeconds(1));
        assertThat(again.known(List.of()).sequence()).isEqualTo(8);
        assertThat(again.known(List.of()).seal()).contains(SEAL);
        assertThat(again.good()).hasSize(5).first().isEqualTo(facts(7));
        assertThat(again.since()).isEqualTo(NOW);
    }

    @Test
    void anOlderVersionsFileIsReadAndADamagedOneIsSaid() throws Exception {
        Files.writeString(
                folder.resolve("state.json"), "{\"sequence\":0,\"seal\":\"\",\"since\":\"2026-11-21T03:00:00Z\"}");
        assertThat(AgentState.load(folder, NOW).succeeded()).isEmpty();
        Files.writeString(folder.resolve("state.json"), "{\"sequence\":");
        assertThatThrownBy(() -> AgentState.load(folder, NOW)).hasMessageContaining("damaged");
    }
}
