package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.event.PartEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PartProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();

    private PartProgress progress(boolean terminal) {
        return new PartProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, now::get);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void seconds(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void elsewhereThanOnATerminalThereAreFewPlainLines() {
        var progress = progress(false);
        progress.accept(new PartEvent.Started("vault 1", "building", Optional.of(Duration.ofMinutes(5))));
        for (int i = 1; i <= 40; i++) {
            seconds(1);
            progress.accept(new PartEvent.Advanced("vault 1", "package " + i, Optional.empty()));
        }
        progress.accept(new PartEvent.Finished("vault 1", Duration.ofSeconds(40)));
        assertThat(shown().lines())
                .containsExactly(
                        "building vault 1, about 5 min",
                        "building vault 1: 0:30 of about 5:00, package 30",
                        "vault 1: done in 40 s");
    }

    @Test
    void anEstimateThatHasPassedIsNotRepeated() {
        var progress = progress(false);
        progress.accept(new PartEvent.Started("x", "building", Optional.of(Duration.ofSeconds(10))));
        seconds(70);
        progress.accept(new PartEvent.Advanced("x", "crates", Optional.of(0.5)));
        assertThat(shown()).contains("building x: 1:10 of about 1:10 (50 %), crates");
    }

    @Test
    void onATerminalOneLineIsRewritten() {
        var progress = progress(true);
        progress.accept(new PartEvent.Started("x", "building", Optional.empty()));
        seconds(1);
        progress.accept(new PartEvent.Advanced("x", "y".repeat(300), Optional.empty()));
        assertThat(shown()).doesNotContain("\n").contains("\r\u001b[K").endsWith("…");
        progress.accept(new PartEvent.Noted("x", "read this"));
        assertThat(shown()).endsWith("\r\u001b[Kread this\n");
    }
}
