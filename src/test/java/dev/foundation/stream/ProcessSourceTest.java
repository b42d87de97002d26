package dev.foundation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.process.Command;
import dev.foundation.process.Input;
import dev.foundation.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ProcessSourceTest {
    private static Command sh(String script) {
        return Command.of(List.of("/bin/sh", "-c", script));
    }

    private static String read(Command command) throws IOException {
        try (var source = ProcessSource.start(command)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void endsNormallyAfterExitCodeZero() throws IOException {
        assertThat(read(sh("printf hello; echo noise >&2"))).isEqualTo("hello");
        assertThat(read(sh("cat").withInput(Input.of(Samples.bytes(300_000))))).isNotEmpty();
    }

    @Test
    void aChildThatFailsAfterItsOutputMakesTheEndThrowAgainAndAgain() throws IOException {
        try (var source = ProcessSource.start(sh("printf most-of-it; echo 'the rest is lost' >&2; exit 3"))) {
            assertThat(source.readNBytes(10)).hasSize(10);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(source::read)
                        .isInstanceOf(IOException.class)
                        .hasMessage("/bin/sh failed with exit code 3: the rest is lost");
            }
        }
    }

    @Test
    void aChildThatFailsBeforeOrDuringItsOutputFailsTheRead() {
        assertThatThrownBy(() -> read(sh("exit 7"))).hasMessage("/bin/sh failed with exit code 7 and said nothing");
        assertThatThrownBy(() -> read(sh("head -c 500000 /dev/zero; kill -9 $$")))
                .hasMessageContaining("137");
        assertThatThrownBy(() -> read(Command.of(List.of("no-such-program-here"))))
                .hasMessage("cannot start no-such-program-here: is it installed and on the PATH?");
    }

    @Test
    void aChildThatClosesItsOutputAndGoesOnIsNotWaitedForForEver() {
        assertThatThrownBy(() -> read(sh("exec >&-; sleep 50").within(Duration.ofMillis(300))))
                .hasMessageContaining("did not exit");
    }

    @Test
    void messagesShowTheEndOfStandardErrorWithoutSecrets() throws IOException {
        Command command =
                sh("cat >/dev/null; i=0; while [ $i -lt 2000 ]; do echo \"line $i $PASSWORD\" >&2; i=$((i+1)); done;"
                                + " printf 'token=tok-123,\\033[31mred' >&2; exit 1")
                        .withEnvironment(Map.of("PASSWORD", "pä55-word-of-ours", "MODE", "on"));
        try (var source = ProcessSource.start(command, List.of(Secret.of("tok-123"), Secret.of("")))) {
            assertThatThrownBy(source::readAllBytes)
                    .satisfies(e -> assertThat(e.getMessage())
                            .startsWith("/bin/sh failed with exit code 1: ")
                            .contains("line 1999 (secret)\ntoken=(secret),?[31mred")
                            .doesNotContain("55-word", "word-of", "tok-123", "\033")
                            .hasSizeLessThan(5000));
        }
    }

    @Test
    void aSecretThatBeginsBeforeWhatIsKeptShowsNothingOfItsRest() throws IOException, InterruptedException {
        String secret = "x".repeat(300) + "tail-of-the-secret";
        for (int shift = 0; shift < 400; shift++) {
            String said = "before " + secret + "#".repeat(4096 + 300 - shift);
            var tail = new ErrorTail(new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)), List.of(secret));
            assertThat(tail.await(Duration.ofSeconds(10))).doesNotContain("x", "tail-of", "secret#s");
        }
    }

    @Test
    void muchOnStandardErrorBlocksNothing() throws IOException {
        assertThat(read(sh("head -c 3000000 /dev/zero >&2; printf done"))).isEqualTo("done");
    }

    @Test
    void anInputThatBreaksIsNotTakenForTheWhole() {
        Input broken = sink -> {
            sink.write(Samples.bytes(100_000));
            throw new IOException("the input broke");
        };
        assertThatThrownBy(() -> read(sh("cat").withInput(broken)))
                .hasMessageContaining("could not be given to it whole")
                .hasRootCauseMessage("the input broke");
    }

    @Test
    void aChildMayStopReadingItsInput() throws IOException {
        Input endless = sink -> {
            while (true) {
                sink.write(new byte[10_000]);
            }
        };
        assertThat(read(sh("printf enough").withInput(endless))).isEqualTo("enough");
    }

    @Test
    void closingEndsTheChildAndItsDescendants() throws Exception {
        var source = ProcessSource.start(sh("sleep 1000 & echo $!; echo $$; trap '' TERM; sleep 1001; sleep 1002"));
        var text = new ByteArrayOutputStream();
        while (text.toString(StandardCharsets.US_ASCII).lines().count() < 2
                || !text.toString(StandardCharsets.US_ASCII).endsWith("\n")) {
            text.write(source.read());
        }
        List<ProcessHandle> family = text.toString(StandardCharsets.US_ASCII)
                .lines()
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                source.readAllBytes();
            } catch (IOException e) {
                // closed
            }
        });
        source.close();
        reader.join();
        for (ProcessHandle each : family) {
            for (int i = 0; i < 300 && running(each); i++) {
                Thread.sleep(10);
            }
            assertThat(running(each)).isFalse();
        }
        assertThatThrownBy(source::read).isInstanceOf(IOException.class).hasMessageContaining("was ended before");
    }

    /** A container without an init keeps the ended child of an ended parent as a zombie. */
    private static boolean running(ProcessHandle each) throws IOException {
        var stat = Path.of("/proc/" + each.pid() + "/stat");
        try {
            return each.isAlive()
                    && !Files.readString(stat).replaceFirst(".*\\) ", "").startsWith("Z");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Test
    void closingTheStreamAboveASilentChildIsPrompt() throws Exception {
        InputStream stream = ParallelGzip.compress(ProcessSource.start(sh("sleep 1000")), 2);
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                stream.read();
            } catch (IOException e) {
                // interrupted
            }
        });
        Thread.sleep(200);
        reader.interrupt();
        reader.join(Duration.ofSeconds(15));
        assertThat(reader.isAlive()).isFalse();
    }
}
