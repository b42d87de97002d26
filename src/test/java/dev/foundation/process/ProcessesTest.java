package dev.foundation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ProcessesTest {
    @Test
    void inputEnvironmentAndExitCodePassThrough() throws Exception {
        var shell = Command.of(List.of("sh", "-c", "cat; printf %s \"$EXTRA\"; echo oops >&2; exit 3"))
                .withInput(Input.of("in ".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .withEnvironment(Map.of("EXTRA", "more"));
        var result = Processes.run(shell);
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.text()).isEqualTo("in more");
        assertThat(result.errors()).isEqualTo("oops");
        assertThat(result.toString()).doesNotContain("more");
    }

    @Test
    void aChildThatTakesTooLongIsEndedWithItsChildren() {
        var mark = "31.4159" + System.nanoTime() % 1000;
        var slow = Command.of(List.of("sh", "-c", "sleep " + mark + " & wait")).within(Duration.ofMillis(300));
        assertThatThrownBy(() -> Processes.run(slow))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not finish within");
        assertThat(ProcessHandle.allProcesses()
                        .filter(ProcessHandle::isAlive)
                        .map(p -> p.info().commandLine().orElse("")))
                .noneMatch(line -> line.contains(mark));
    }

    @Test
    void aChildThatPrintsTooMuchIsAnError() {
        var loud = new Command(
                List.of("sh", "-c", "head -c 100000 /dev/zero"),
                Map.of(),
                Optional.empty(),
                Input.NONE,
                Duration.ofSeconds(10),
                1000);
        assertThatThrownBy(() -> Processes.run(loud)).hasMessageContaining("more than 1000 bytes");
    }

    @Test
    void aChildThatDoesNotReadItsInputIsJudgedByItsExitCode() throws Exception {
        var deaf = Command.of(List.of("true")).withInput(Input.of(new byte[1_000_000]));
        assertThat(Processes.run(deaf).ok()).isTrue();
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThatThrownBy(() -> Processes.run(Command.of(List.of("no-such-program"))))
                .hasMessageContaining("no-such-program")
                .hasMessageContaining("PATH");
    }
}
