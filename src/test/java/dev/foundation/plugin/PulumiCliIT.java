package dev.foundation.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.testing.PulumiProject;
import dev.foundation.testing.PulumiProject.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The provider server under the real Pulumi CLI and engine. */
@Timeout(1200)
final class PulumiCliIT {
    private @TempDir Path folder;
    private Path notes;
    private PulumiProject project;

    @BeforeEach
    void start() throws Exception {
        notes = Files.createDirectories(folder.resolve("notes"));
        project = PulumiProject.create(
                folder.resolve("project"), NotesProgram.class, "toy", NotesProvider.class, notes.toString());
        succeed("stack", "init", "dev");
        set("name", "first");
        set("text", "hello");
        succeed("config", "set", "--secret", "password", "hush-hush-hush");
    }

    @Test
    void aResourceLivesItsWholeLife() throws Exception {
        assertThat(succeed("preview", "--diff")).contains("3 to create").doesNotContain("hush");
        assertThat(notes).isEmptyDirectory();
        assertThat(succeed("up", "--yes", "--skip-preview")).contains("3 created");
        assertThat(notes.resolve("second")).hasContent("the first has 5");
        succeed("up", "--yes", "--skip-preview", "--expect-no-changes");
        assertThat(succeed("stack", "export"))
                .contains("ciphertext")
                .doesNotContain("hush")
                .doesNotContain("token-of-");

        set("text", "longer text");
        assertThat(succeed("preview", "--diff")).contains("2 to update").contains("\"hello\" => \"longer text\"");
        assertThat(notes.resolve("first")).hasContent("hello");
        assertThat(succeed("up", "--yes", "--skip-preview")).contains("2 updated");
        assertThat(notes.resolve("second")).hasContent("the first has 11");

        Files.writeString(notes.resolve("first"), "changed by hand");
        assertThat(succeed("refresh", "--yes", "--skip-preview")).contains("1 updated");
        assertThat(succeed("preview")).contains("update");
        succeed("up", "--yes", "--skip-preview");
        assertThat(notes.resolve("first")).hasContent("longer text");

        Files.writeString(notes.resolve("first.stale"), "");
        assertThat(succeed("preview"))
                .contains("the note is stale")
                .contains("to update")
                .contains("drift");
        succeed("up", "--yes", "--skip-preview");
        assertThat(notes.resolve("first.stale")).doesNotExist();

        Files.delete(notes.resolve("second"));
        assertThat(succeed("up", "--yes", "--skip-preview", "--refresh")).contains("1 created");

        Files.writeString(notes.resolve("found"), "by itself");
        succeed("import", "toy:index:Note", "found", "found", "--yes", "--generate-code=false", "--protect=false");
        assertThat(succeed("stack", "export")).contains("by itself");

        set("name", "renamed");
        assertThat(succeed("up", "--yes")).contains("1 replaced").contains("1 deleted");
        assertThat(notes.resolve("renamed")).exists();
        assertThat(notes.resolve("first")).doesNotExist();
        succeed("destroy", "--yes", "--skip-preview");
        assertThat(notes).isEmptyDirectory();
    }

    @Test
    void whatGotHalfWayIsKeptAndTheNextRunGoesOn() throws Exception {
        set("text", "half");
        Answer failed = project.pulumi("up", "--yes", "--skip-preview");
        assertThat(failed.exitCode()).isNotZero();
        assertThat(failed.output()).contains("its ink is wet");
        assertThat(succeed("stack", "export")).contains("initErrors").contains("\"id\": \"first\"");
        assertThat(succeed("up", "--yes", "--skip-preview"))
                .contains("1 updated")
                .contains("1 created");
        succeed("up", "--yes", "--skip-preview", "--expect-no-changes");

        set("text", "ink");
        succeed("config", "set", "name", "a/b");
        Answer refused = project.pulumi("preview");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("must be one word");
    }

    @Test
    void aCancelledRunEndsSoonAndLeavesNoPendingOperation() throws Exception {
        set("text", "slow");
        Process up = project.start("up", "--yes", "--skip-preview");
        var output = new java.util.concurrent.FutureTask<>(
                () -> new String(up.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().start(output);
        for (int i = 0; i < 600 && !Files.exists(notes.resolve("first.waiting")); i++) {
            Thread.sleep(100);
        }
        assertThat(notes.resolve("first.waiting")).exists();
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(up.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(up.waitFor(30, TimeUnit.SECONDS)).as(() -> "ended").isTrue();
        assertThat(up.exitValue()).isNotZero();
        assertThat(output.get()).contains("cancelled");
        assertThat(succeed("stack", "export")).doesNotContain("\"operations\"");
        set("text", "quick");
        assertThat(succeed("up", "--yes", "--skip-preview")).contains("2 created");
    }

    @Test
    void theSchemaCanBeHad() throws Exception {
        assertThat(succeed("package", "get-schema", "./plugin/pulumi-resource-toy"))
                .contains("toy:index:Note")
                .contains("replaceOnChanges");
    }

    private void set(String key, String value) throws Exception {
        succeed("config", "set", key, value);
    }

    private String succeed(String... arguments) throws Exception {
        Answer answer = project.pulumi(arguments);
        assertThat(answer.exitCode()).as(answer.output()).isZero();
        return answer.output();
    }
}
