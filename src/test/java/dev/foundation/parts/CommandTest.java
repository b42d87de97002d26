package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class CommandTest {
    @Test
    void linesEndAtNewlineAndAtCarriageReturnFromBothOutputs(@TempDir Path folder) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Path log = folder.resolve("deep/log");
        Command.Outcome outcome = Command.of("sh", "-c", "printf 'one\\rtwo\\n'; printf three >&2; exit 4")
                .run(lines::add, log);
        assertThat(lines).containsExactly("one", "two", "three");
        assertThat(outcome).isEqualTo(new Command.Outcome(4, List.of("one", "two", "three")));
        assertThat(log).content().isEqualTo("one\rtwo\nthree");
    }

    @Test
    void onlyTheLastLinesAreKept() throws Exception {
        assertThat(Command.of("seq", "1", "100").run().tail())
                .hasSize(40)
                .startsWith("61")
                .endsWith("100");
    }

    @Test
    void aDaemonThatKeepsTheOutputOpenDoesNotHoldUsUp() throws Exception {
        long start = System.nanoTime();
        assertThat(Command.of("sh", "-c", "echo started; sleep 20 & exit 0")
                        .run()
                        .tail())
                .containsExactly("started");
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }

    @Test
    void aProgramThatIsNotThereIsAnInputOutputError() {
        assertThatThrownBy(() -> Command.of("/no/such/program").run()).isInstanceOf(IOException.class);
    }
}
