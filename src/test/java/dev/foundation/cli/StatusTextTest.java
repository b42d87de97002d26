package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.spec.Configuration;
import dev.foundation.spec.ServiceName;
import dev.foundation.spec.SpecDraft;
import dev.foundation.spec.SpecParser;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatusTextTest {
    private static final Instant START = Instant.parse("2026-11-21T14:22:03.25Z");

    @Test
    void columnsAlignAndChosenProductsAreNamed() throws Exception {
        SpecDraft draft = SpecParser.draft(Configuration.ofStackFile("""
                config:
                  foundation:instanceId: 7d3c1c5e-6f0a-4f5e-9b1a-2f9f7a1b2c3d
                  foundation:site: sealed
                  foundation:s3: {engine: versitygw}
                  foundation:forgejo: {product: gitea}
                """));
        var report = new StatusReport(
                draft,
                "host",
                List.of(
                        healthy(ServiceName.VAULT, "1.19.0", List.of(8200)),
                        healthy(ServiceName.UNSEALER, "1.19.0", List.of()),
                        healthy(ServiceName.S3, "1.8.0", List.of(9000)),
                        healthy(ServiceName.FORGEJO, "1.26.0", List.of(2222, 3000)),
                        ServiceStatus.off(ServiceName.RUNNER, "left out")),
                List.of(),
                new BackupStatus.Off("switched off"),
                new DrillStatus(Optional.empty(), Optional.empty(), Optional.empty()),
                List.of());
        var silent = new PrintStream(PrintStream.nullOutputStream());
        var terminal = new Terminal(silent, silent, new BufferedReader(new StringReader("")), false, false);

        assertThat(new StatusText(terminal, START.plusSeconds(34)).lines(report))
                .containsSubsequence(
                        "  vault     healthy  1.19.0           port 8200         since 2026-11-21 14:22 UTC, 34 s",
                        "  unsealer  healthy  1.19.0                             since 2026-11-21 14:22 UTC, 34 s",
                        "  S3        healthy  versitygw 1.8.0  port 9000         since 2026-11-21 14:22 UTC, 34 s",
                        "  forgejo   healthy  Gitea 1.26.0     ports 2222, 3000  since 2026-11-21 14:22 UTC, 34 s",
                        "  runner    off                                         left out");
    }

    private static ServiceStatus healthy(ServiceName service, String version, List<Integer> ports) {
        return new ServiceStatus(
                service,
                ServiceStatus.State.HEALTHY,
                Optional.empty(),
                version,
                "image:" + version,
                ports,
                Optional.of(START));
    }
}
