package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.event.PartEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PartBuilderTest {
    @TempDir
    private Path folder;

    private Fakes fakes;

    @BeforeEach
    void setUp() throws IOException {
        fakes = new Fakes(folder);
    }

    @Test
    void aPartIsBuiltOnceAndThenOnlyFound() throws Exception {
        Recipe recipe =
                fakes.recipe("tool", "echo run >> " + folder + "/runs; echo \"$2\" > \"$1/tool\"; echo some output");
        Path first = fakes.builder().prepare(recipe);
        Path second = fakes.builder().prepare(recipe);
        assertThat(first).isEqualTo(second).hasFileName(recipe.key());
        assertThat(first.resolve("tool")).hasContent("1.0.0\n");
        assertThat(Origin.read(first)).contains(new Origin(recipe.key(), Origin.BUILT));
        assertThat(fakes.lines("runs")).hasSize(1);
        assertThat(fakes.locations.logs().resolve(recipe.key() + ".log")).hasContent("some output\n");
        assertThat(fakes.events(PartEvent.Finished.class)).hasSize(1);
    }

    @Test
    void anotherRecipeIsAnotherPart() throws Exception {
        Path one = fakes.builder().prepare(fakes.recipe("tool", "echo one > $1/tool"));
        Path two = fakes.builder().prepare(fakes.recipe("tool", "echo two > $1/tool"));
        assertThat(one).isNotEqualTo(two).isDirectory();
        assertThat(two.resolve("tool")).hasContent("two\n");
    }

    @Test
    void theEstimateIsTheRecipesUntilOneWasMeasuredHere() throws Exception {
        fakes.builder().prepare(fakes.recipe("tool", "echo one > $1/tool"));
        fakes.builder().prepare(fakes.recipe("tool", "echo two > $1/tool"));
        assertThat(fakes.events(PartEvent.Started.class))
                .extracting(PartEvent.Started::estimate)
                .containsExactly(Optional.of(Duration.ofSeconds(7)), Optional.of(Duration.ofSeconds(1)));
    }

    @Test
    void aFailureLeavesNothingHalfDoneAndTheNextRunGoesOnFromItsWork() throws Exception {
        Recipe recipe = fakes.recipe(
                "tool",
                "echo half > $1/tool; [ -e $3/begun ] || { touch $3/begun; echo 'compile error in x'; exit 3; }; echo whole > $1/tool");
        assertThatThrownBy(() -> fakes.builder().prepare(recipe))
                .isInstanceOf(PartUnavailable.class)
                .hasMessageContainingAll(
                        "building tool 1.0.0 failed (exit 3)", "compile error in x", recipe.key() + ".log");
        assertThat(fakes.locations.tools().resolve(recipe.key())).doesNotExist();
        assertThat(fakes.builder().prepare(recipe).resolve("tool")).hasContent("whole\n");
        assertThat(fakes.locations.cache().resolve("unfinished")).isEmptyDirectory();
    }

    @Test
    void aFullDiskIsCalledAFullDisk() throws Exception {
        Recipe recipe = fakes.recipe("tool", "echo 'write /x/tool: no space left on device'; exit 1");
        assertThatThrownBy(() -> fakes.builder().prepare(recipe))
                .hasMessageContainingAll(
                        "the disk is full",
                        "tool 1.0.0",
                        "Free some space",
                        fakes.locations.cache().toString());
    }

    @Test
    void aModuleThatCannotBeFetchedAndOneThatWasForgedAreTwoThings() throws Exception {
        Recipe away = fakes.recipe("away", "echo 'go: example.com/x@v1: dial tcp: lookup proxy: no such host'; exit 1");
        assertThatThrownBy(() -> fakes.builder().prepare(away))
                .hasMessageContainingAll("can't be fetched", "GOPROXY", "no such host");
        Recipe forged = fakes.recipe("forged", "echo 'verifying example.com/x@v1: checksum mismatch'; exit 1");
        assertThatThrownBy(() -> fakes.builder().prepare(forged)).hasMessageContainingAll("checksum", "Do not go on");
    }

    @Test
    void aMissingCompilerIsNamedBeforeAnythingIsBuilt() throws Exception {
        Recipe plain = fakes.recipe("tool", "true");
        var recipe = new Recipe("tool", "1.0.0", plain.folder(), plain.estimate(), List.of("no-such-compiler"));
        assertThatThrownBy(() -> fakes.builder().prepare(recipe))
                .hasMessageContainingAll("building tool 1.0.0 needs no-such-compiler", "put it on the PATH");
    }

    @Test
    void severalThatWantOnePartBuildItOnce() throws Exception {
        Recipe recipe = fakes.recipe("tool", "echo run >> " + folder + "/runs; sleep 1; echo x > $1/tool");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Path>> calls = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                calls.add(() -> fakes.builder().prepare(recipe));
            }
            for (Future<Path> done : threads.invokeAll(calls)) {
                assertThat(done.get()).isDirectory();
            }
        }
        assertThat(fakes.lines("runs")).hasSize(1);
        assertThat(fakes.notes()).anyMatch(note -> note.contains("waiting for it"));
    }

    @Test
    void anInterruptedBuildIsStoppedWithItsChildren() throws Exception {
        Recipe recipe = fakes.recipe(
                "tool", "sh -c 'sleep 2; echo late > " + folder + "/late' & touch " + folder + "/begun; wait");
        Thread building = Thread.ofPlatform().start(() -> {
            try {
                fakes.builder().prepare(recipe);
            } catch (IOException | InterruptedException e) {
                // expected: interrupted
            }
        });
        while (!Files.exists(folder.resolve("begun"))) {
            Thread.sleep(20);
        }
        building.interrupt();
        building.join();
        Thread.sleep(2500);
        assertThat(folder.resolve("late")).doesNotExist();
        assertThat(fakes.locations.tools().resolve(recipe.key())).doesNotExist();
    }
}
