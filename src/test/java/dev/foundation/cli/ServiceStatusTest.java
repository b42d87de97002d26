package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.spec.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceStatusTest {
    private static final String RUNNING = """
            [{"Name": "/foundation-vault",
              "State": {"Status": "running", "Running": true, "StartedAt": "2026-11-21T10:00:00.5Z",
                        "FinishedAt": "0001-01-01T00:00:00Z",
                        "Health": {"Status": "%s", "Log": [{"Output": "old"}, {"Output": "connection\\nrefused "}]}},
              "Config": {"Image": "registry.example:5000/hashicorp/vault:1.19.0@sha256:abc"},
              "HostConfig": {"PortBindings": {"8200/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8200"}]}}}]
            """;

    @Test
    void aHealthyContainerShowsItsVersionPortAndStart() throws Exception {
        ServiceStatus status = status(RUNNING.formatted("healthy"), Optional.empty());

        assertThat(status.state()).isEqualTo(ServiceStatus.State.HEALTHY);
        assertThat(status.version()).isEqualTo("1.19.0");
        assertThat(status.ports()).containsExactly(8200);
        assertThat(status.since()).contains(Instant.parse("2026-11-21T10:00:00.5Z"));
        assertThat(status.reason()).isEmpty();
    }

    @Test
    void aHealthyContainerWhoseServiceSaysSealedIsNotHealthy() throws Exception {
        ServiceStatus status = status(RUNNING.formatted("healthy"), VaultProbe.verdict(503));

        assertThat(status.state()).isEqualTo(ServiceStatus.State.UNHEALTHY);
        assertThat(status.reason().orElseThrow()).startsWith("sealed");
    }

    @Test
    void anUnhealthyContainerTellsWhatItsCheckSaidAndWhereToLook() throws Exception {
        assertThat(status(RUNNING.formatted("unhealthy"), Optional.empty()).reason())
                .contains("connection refused; see: docker logs foundation-vault");
    }

    @Test
    void aDeadContainerTellsHowItEnded() throws Exception {
        ServiceStatus status = status("""
                [{"Name": "/foundation-vault",
                  "State": {"Status": "exited", "Running": false, "ExitCode": 137, "OOMKilled": true,
                            "StartedAt": "2026-11-21T10:00:00Z", "FinishedAt": "2026-11-21T11:00:00Z"},
                  "Config": {"Image": "vault@sha256:0123456789abcdef"}, "HostConfig": {}}]
                """, Optional.empty());

        assertThat(status.state()).isEqualTo(ServiceStatus.State.STOPPED);
        assertThat(status.reason().orElseThrow()).contains("exit code 137, out of memory");
        assertThat(status.since()).contains(Instant.parse("2026-11-21T11:00:00Z"));
        assertThat(status.version()).isEqualTo("sha256:0123456789ab");
    }

    @ParameterizedTest
    @CsvSource({
        "hashicorp/vault:1.19.0, 1.19.0",
        "foundation.local/vault:1.19.0-3fa4c0d2, 1.19.0",
        "postgres:15.18-bookworm, 15.18",
        "versity/versitygw:v1.8.0, 1.8.0",
        "rustfs/rustfs:1.0.1@sha256:1803faef, 1.0.1",
        "registry.example:5000/own/vault:nightly, nightly",
        "registry.example:5000/own/vault, ?"
    })
    void theVersionIsReadFromTheReferenceOnTheContainersLabel(String reference, String version) throws Exception {
        ServiceStatus status = status("""
                [{"Name": "/foundation-vault", "State": {"Status": "running", "Running": true},
                  "Config": {"Image": "sha256:0123456789abcdef", "Labels": {"dev.foundation.image": "%s"}},
                  "HostConfig": {}}]
                """.formatted(reference), Optional.empty());

        assertThat(status.version()).isEqualTo(version);
        assertThat(status.image()).isEqualTo(reference);
    }

    @Test
    void aContainerRunByAnImagesIdAloneShowsItsFirstDigits() throws Exception {
        ServiceStatus status = status("""
                [{"Name": "/foundation-vault", "State": {"Status": "running", "Running": true},
                  "Config": {"Image": "sha256:0123456789abcdef", "Labels": {"dev.foundation.image": "vault"}},
                  "HostConfig": {}}]
                """, Optional.empty());

        assertThat(status.version()).isEqualTo("sha256:0123456789ab");
    }

    @ParameterizedTest
    @CsvSource({"200, false", "429, false", "501, true", "503, true", "500, true"})
    void vaultsHealthCodesAreReadAsItsApiSays(int code, boolean against) {
        assertThat(VaultProbe.verdict(code).isPresent()).isEqualTo(against);
    }

    @ParameterizedTest
    @CsvSource({"PT5S, 5 s", "PT3M, 3 minutes", "PT5H, 5 hours", "P3D, 3 days", "PT-1S, 0 s"})
    void timesAreToldRoughly(Duration duration, String words) {
        assertThat(StatusText.rough(duration)).isEqualTo(words);
    }

    private static ServiceStatus status(String json, Optional<String> answer) throws Exception {
        Map<String, ContainerState> containers = Containers.parse(json);
        return ServiceStatus.of(
                ServiceName.VAULT, containers.values().iterator().next(), answer);
    }
}
