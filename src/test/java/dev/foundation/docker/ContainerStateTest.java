package dev.foundation.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ContainerStateTest {
    private static ContainerState of(String state) throws Exception {
        return ContainerState.of(new ObjectMapper()
                .readTree("{\"Name\":\"/f-vault\",\"RestartCount\":2,\"Config\":{\"Image\":\"vault:1\"},\"State\":"
                        + state + "}"));
    }

    @Test
    void aHealthyContainerHasNoComplaint() throws Exception {
        var state = of(
                "{\"Status\":\"running\",\"StartedAt\":\"2026-01-02T03:04:05.6Z\",\"Health\":{\"Status\":\"healthy\",\"Log\":[]}}");
        assertThat(state.complaint()).isEmpty();
        assertThat(state.name()).isEqualTo("f-vault");
        assertThat(state.since()).contains(Instant.parse("2026-01-02T03:04:05.6Z"));
    }

    @Test
    void anUnwellContainerSaysWhy() throws Exception {
        assertThat(
                        of("{\"Status\":\"running\",\"Health\":{\"Status\":\"unhealthy\",\"Log\":[{\"Output\":\"old\"},{\"Output\":\"refused\\nmore\"}]}}")
                                .complaint())
                .contains("unhealthy: refused");
        assertThat(of("{\"Status\":\"exited\",\"ExitCode\":137,\"StartedAt\":\"0001-01-01T00:00:00Z\"}")
                        .complaint())
                .contains("exited with code 137");
        assertThat(of("{\"Status\":\"exited\",\"ExitCode\":137,\"OOMKilled\":true}")
                        .complaint())
                .contains("ended: out of memory");
        assertThat(of("{\"Status\":\"running\",\"Health\":{\"Status\":\"starting\"}}")
                        .complaint())
                .contains("starting");
    }
}
