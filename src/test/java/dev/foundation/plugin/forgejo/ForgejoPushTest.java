package dev.foundation.plugin.forgejo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.testing.GitClone;
import dev.foundation.testing.RecordingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real git, with a bare repository in a folder where the server would be. */
@Timeout(60)
final class ForgejoPushTest {
    @TempDir
    private Path folder;

    private final RecordingRun run = new RecordingRun();
    private GitClone clone;
    private GitClone server;
    private ForgejoPush handler;

    @BeforeEach
    void makeRepositories() throws Exception {
        clone = GitClone.init(folder.resolve("clone"));
        server = new GitClone(Files.createDirectories(folder.resolve("server/foundation/foundation.git")));
        server.git("init", "--quiet", "--bare", "--initial-branch=main");
        handler = new ForgejoPush(clone.folder());
    }

    private ForgejoPush.Inputs inputs() {
        return new ForgejoPush.Inputs(
                folder.resolve("server").toUri().toString(),
                "foundation",
                "foundation",
                "me",
                "hush",
                Optional.empty(),
                Optional.empty());
    }

    private String serverHead() throws Exception {
        return server.git("rev-parse", "refs/heads/main");
    }

    @Test
    void theCommitIsPushedAndFollowedForward() throws Exception {
        var first = clone.commit("a", "1");
        var created = handler.create(inputs(), run);
        assertThat(created.outputs()).isEqualTo(new ForgejoPush.Outputs(first, first));
        assertThat(created.id()).isEqualTo("foundation/foundation:main");
        assertThat(serverHead()).isEqualTo(first);
        assertThat(handler.create(inputs(), run)).isEqualTo(created);
        assertThat(handler.drift(created.id(), inputs(), created.outputs())).isEmpty();

        var second = clone.commit("a", "2");
        assertThat(handler.drift(created.id(), inputs(), created.outputs()))
                .hasValueSatisfying(reason -> assertThat(reason).contains(second.substring(0, 12)));
        var known = new Current<>(inputs(), created.outputs());
        assertThat(handler.update(created.id(), known, inputs(), run))
                .isEqualTo(new ForgejoPush.Outputs(second, second));
        assertThat(serverHead()).isEqualTo(second);
        assertThat(handler.read(created.id(), Optional.of(known))
                        .orElseThrow()
                        .outputs()
                        .pushed())
                .isEqualTo(second);
        assertThat(run.warnings()).isEmpty();
    }

    @Test
    void aBranchThatIsAheadOrWentAnotherWayIsLeftAlone() throws Exception {
        clone.commit("a", "1");
        var state = handler.create(inputs(), run).outputs();
        var other = new GitClone(folder.resolve("other"));
        clone.git("clone", "--quiet", server.folder().toString(), other.folder().toString());
        var ahead = other.commit("b", "theirs");
        other.git("push", "--quiet", "origin", "main");

        assertThat(handler.drift("id", inputs(), state)).isEmpty();
        var mine = clone.commit("c", "ours");
        assertThat(handler.drift("id", inputs(), state)).isEmpty();
        var outputs = handler.update("id", new Current<>(inputs(), state), inputs(), run);
        assertThat(outputs).isEqualTo(new ForgejoPush.Outputs(mine, ahead));
        assertThat(serverHead()).isEqualTo(ahead);
        assertThat(run.warnings()).singleElement().asString().contains("nothing was pushed");
    }

    @Test
    void theUsersHooksAreNotRun() throws Exception {
        var commit = clone.commit("a", "1");
        var hook = clone.folder().resolve(".git/hooks/pre-push");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        assertThat(handler.create(inputs(), run).outputs().commit()).isEqualTo(commit);
    }

    @Test
    void aShallowCloneSaysHowToCompleteIt() throws Exception {
        clone.commit("a", "1");
        clone.commit("a", "2");
        var shallow = folder.resolve("shallow");
        clone.git("clone", "--quiet", "--depth", "1", clone.folder().toUri().toString(), shallow.toString());
        assertThatThrownBy(() -> new ForgejoPush(shallow).create(inputs(), run)).hasMessageContaining("--unshallow");
    }

    @Test
    void aFolderWithoutGitSaysWhatToDo() throws Exception {
        var plain = Files.createDirectories(folder.resolve("plain"));
        assertThatThrownBy(() -> new ForgejoPush(plain).create(inputs(), run))
                .hasMessageContaining("no git repository")
                .hasMessageContaining("clone");
        assertThat(inputs().toString()).doesNotContain("hush");
    }
}
