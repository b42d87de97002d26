package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.event.RunEvent;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RunProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();

    private RunProgress progress(boolean terminal) {
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new RunProgress(
                "backup", new Terminal(out, out, new BufferedReader(new StringReader("")), terminal, false), now::get);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void seconds(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void onATerminalOneLineOf80ColumnsIsRewrittenAndErased() {
        try (var progress = progress(true)) {
            progress.event(new RunEvent.Began("postgres.sql.gz"));
            progress.event(new RunEvent.Began("vault-raft.snap"));
            progress.event(new RunEvent.Advanced("vault-raft.snap", 90, 100, 1));
            seconds(42);
            progress.event(new RunEvent.Advanced("postgres.sql.gz", 34_000_000, 100_000_000, 1_000_000));
            assertThat(shown()).isEqualTo("\r\u001b[Kbackup 0:42, 1.0 MB/s, 1:06 left: postgres 34 %, vault-raft 90 %");

            seconds(1);
            progress.event(new RunEvent.Advanced("vault-raft.snap", 900, 0, 10));
            assertThat(shown()).endsWith("backup 0:43, 1.0 MB/s: postgres 34 %, vault-raft 900 B");

            for (int i = 0; i < 10; i++) {
                progress.event(new RunEvent.Began("a-long-name-of-an-artifact-" + i));
            }
            seconds(1);
            progress.tick();
            String last = shown().substring(shown().lastIndexOf("\u001b[K") + 3);
            assertThat(last).hasSize(79).endsWith("…");

            bytes.reset();
            progress.event(new RunEvent.Finished("vault-raft.snap", 2_000_000, 1000));
            assertThat(shown()).isEqualTo("\r\u001b[K  vault-raft.snap: 2.0 MB in 1 s, 2.0 MB/s\n");
            seconds(1);
            progress.tick();
            bytes.reset();
        }
        assertThat(shown()).isEqualTo("\r\u001b[K");
    }

    @Test
    void elsewhereThereAreFewPlainLines() {
        try (var progress = progress(false)) {
            progress.event(new RunEvent.Began("postgres.sql.gz"));
            for (int i = 1; i <= 40; i++) {
                seconds(1);
                progress.event(new RunEvent.Advanced("postgres.sql.gz", i * 1000L, 0, 1000));
            }
            progress.event(new RunEvent.Finished("postgres.sql.gz", 40_000, 40_000));
            progress.event(new RunEvent.Noted("all written"));
        }
        assertThat(shown().lines())
                .containsExactly(
                        "backup: postgres.sql.gz",
                        "backup 0:30, 1.0 kB/s: postgres 30 kB",
                        "  postgres.sql.gz: 40 kB in 40 s, 1.0 kB/s",
                        "  all written");
    }

    @Test
    void sizesAndTimesAreShort() {
        assertThat(Quantity.bytes(0)).isEqualTo("0 B");
        assertThat(Quantity.bytes(999)).isEqualTo("999 B");
        assertThat(Quantity.bytes(1000)).isEqualTo("1.0 kB");
        assertThat(Quantity.bytes(9_960)).isEqualTo("10 kB");
        assertThat(Quantity.bytes(999_600)).isEqualTo("1.0 MB");
        assertThat(Quantity.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
        assertThat(Quantity.age(Duration.ofHours(50))).isEqualTo("2 d");
        assertThat(Quantity.age(Duration.ofSeconds(-5))).isEqualTo("0 s");
        assertThat(Quantity.clock(Duration.ofSeconds(7207))).isEqualTo("2:00:07");
    }
}
