package dev.foundation.plugin.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.plugin.Run;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class LocalCommandTest {
    private final LocalCommand handler = new LocalCommand();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final Run run = new Run() {
        @Override
        public void info(String message) {
            shown.add(message);
        }

        @Override
        public void warn(String message) {
            shown.add(message);
        }

        @Override
        public void checkCancelled() {}
    };

    @Test
    void outputComesWithoutTheNewlineAtItsEndAndIsShownAsItComes() throws Exception {
        var made = handler.create(new Given("printf 'a\\nb\\n\\n'; echo oops >&2").inputs(), run);
        assertThat(made.id()).startsWith("command");
        assertThat(made.outputs()).isEqualTo(new LocalCommand.Outputs("a\nb\n", "oops"));
        assertThat(shown).containsExactlyInAnyOrder("a", "b", "", "oops");
    }

    @Test
    void loggingChoosesWhatIsShown() throws Exception {
        for (var choice : Map.of("none", List.of(), "stdout", List.of("o"), "stderr", List.of("e"))
                .entrySet()) {
            shown.clear();
            var made = handler.create(
                    new Given("echo o; echo e >&2").logging(choice.getKey()).inputs(), run);
            assertThat(made.outputs()).isEqualTo(new LocalCommand.Outputs("o", "e"));
            assertThat(shown).isEqualTo(choice.getValue());
        }
        assertThat(handler.check(new Given("true").logging("loud").inputs())).hasSize(1);
    }

    @Test
    void environmentStdinFolderAndInterpreterReachTheCommand(@TempDir Path folder) throws Exception {
        var inputs = new LocalCommand.Inputs(
                Optional.of("$_ = <STDIN>; print \"$_-$ENV{WHO}\"; open F, '>', 'made'; close F"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(folder.toString()),
                Optional.of(Map.of("WHO", "me")),
                Optional.of(List.of("perl", "-e")),
                Optional.empty(),
                Optional.of("in"),
                Optional.empty(),
                Optional.empty());
        assertThat(handler.create(inputs, run).outputs().stdout()).isEqualTo("in-me");
        assertThat(folder.resolve("made")).exists();
    }

    @Test
    void aCommandThatDoesNotReadALargeInputIsNoFailure() throws Exception {
        var inputs = new LocalCommand.Inputs(
                Optional.of("echo done"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("x".repeat(1 << 20)),
                Optional.empty(),
                Optional.empty());
        assertThat(handler.create(inputs, run).outputs().stdout()).isEqualTo("done");
    }

    @Test
    void aFailureShowsTheExitCodeAndTheEndOfStandardError() {
        assertThatThrownBy(() -> handler.create(new Given("seq 1 30 >&2; exit 7").inputs(), run))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 7")
                .hasMessageContaining("\n30")
                .hasMessageNotContaining("\n10\n");
        assertThatThrownBy(() ->
                        handler.create(new Given("true").interpreter("/no/such").inputs(), run))
                .hasMessageContaining("/no/such");
    }

    @Test
    void anUpdateSeesTheOutputBeforeAndFallsBackToTheCreateCommand() throws Exception {
        var inputs = new Given("echo was=$PULUMI_COMMAND_STDOUT").inputs();
        var first = handler.create(inputs, run);
        assertThat(first.outputs().stdout()).isEqualTo("was=");
        var old = new Current<>(inputs, first.outputs());
        assertThat(handler.update("c", old, inputs, run).stdout()).isEqualTo("was=was=");
        assertThat(handler.update(
                                "c",
                                old,
                                new Given("no")
                                        .update("echo u$PULUMI_COMMAND_STDOUT")
                                        .inputs(),
                                run)
                        .stdout())
                .isEqualTo("uwas=");
        assertThat(handler.update(
                                "c",
                                old,
                                new Given("echo [$PULUMI_COMMAND_STDOUT]")
                                        .forgetful()
                                        .inputs(),
                                run)
                        .stdout())
                .isEqualTo("[]");
    }

    @Test
    void aDeleteRunsItsCommandOrNothing(@TempDir Path folder) throws Exception {
        Path mark = folder.resolve("mark");
        var inputs = new Given("true").delete("echo gone > " + mark).inputs();
        handler.delete("c", new Current<>(inputs, new LocalCommand.Outputs("", "")), run);
        assertThat(mark).hasContent("gone");
        handler.delete("c", new Current<>(new Given("true").inputs(), new LocalCommand.Outputs("", "")), run);
    }

    @Test
    void anInterruptEndsTheCommandAndWhatItStarted(@TempDir Path folder) throws Exception {
        Path started = folder.resolve("started");
        var worker = Thread.ofVirtual().start(() -> {
            try {
                var ignored = handler.create(new Given("sleep 300 & echo $! > " + started + "; wait").inputs(), run);
            } catch (IOException | InterruptedException e) {
                shown.add(e.getClass().getSimpleName());
            }
        });
        while (!Files.exists(started) || Files.readString(started).isBlank()) {
            Thread.sleep(10);
        }
        worker.interrupt();
        worker.join();
        assertThat(shown).containsExactly("InterruptedException");
        long child = Long.parseLong(Files.readString(started).strip());
        for (int i = 0;
                i < 200
                        && ProcessHandle.of(child)
                                .filter(ProcessHandle::isAlive)
                                .isPresent();
                i++) {
            Thread.sleep(20);
        }
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void everyInputOfTheOfficialSchemaIsServedOrRefused() throws Exception {
        JsonNode schema;
        try (var in = LocalCommandTest.class.getResourceAsStream("/schemas/command.json")) {
            schema = new JsonMapper().readTree(in);
        }
        var official = new TreeSet<String>();
        schema.path("resources")
                .path(handler.token())
                .path("inputProperties")
                .fieldNames()
                .forEachRemaining(official::add);
        var known = new TreeSet<>(handler.refusedInputs().keySet());
        Arrays.stream(handler.inputs().getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(known::add);
        assertThat(known).isEqualTo(official);
    }

    /** Inputs of which only a few matter. */
    private record Given(
            String create,
            Optional<String> update,
            Optional<String> delete,
            Optional<List<String>> interpreter,
            Optional<String> logging,
            Optional<Boolean> previous) {
        Given(String create) {
            this(create, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        Given update(String command) {
            return new Given(create, Optional.of(command), delete, interpreter, logging, previous);
        }

        Given delete(String command) {
            return new Given(create, update, Optional.of(command), interpreter, logging, previous);
        }

        Given interpreter(String word) {
            return new Given(create, update, delete, Optional.of(List.of(word)), logging, previous);
        }

        Given logging(String choice) {
            return new Given(create, update, delete, interpreter, Optional.of(choice), previous);
        }

        Given forgetful() {
            return new Given(create, update, delete, interpreter, logging, Optional.of(false));
        }

        LocalCommand.Inputs inputs() {
            return new LocalCommand.Inputs(
                    Optional.of(create),
                    update,
                    delete,
                    Optional.empty(),
                    Optional.empty(),
                    interpreter,
                    logging,
                    Optional.empty(),
                    Optional.empty(),
                    previous);
        }
    }
}
