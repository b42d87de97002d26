package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class EnvCommandTest {
    @Test
    void aShellReadsBackExactlyWhatWasMeant() throws Exception {
        String nasty = "/a b/$(echo no)`x`'quoted'\"\\\n;end";
        var text = new ByteArrayOutputStream();
        EnvCommand.print(
                new TreeMap<>(Map.of("ONE", nasty, "TWO", "plain")),
                new PrintStream(text, true, StandardCharsets.UTF_8));
        Process shell = new ProcessBuilder("sh", "-c", "eval \"$0\"; printf '%s|%s' \"$ONE\" \"$TWO\"", text.toString())
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(nasty + "|plain");
        assertThat(shell.waitFor()).isZero();
    }
}
