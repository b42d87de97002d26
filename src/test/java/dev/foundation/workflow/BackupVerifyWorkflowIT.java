package dev.foundation.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Processes;
import dev.foundation.testing.ActTool;
import dev.foundation.testing.GitClone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The workflow's own file, run for real on the host, in a repository whose {@code ./foundation} does as it is told (R4.1, S8). */
@Timeout(540)
final class BackupVerifyWorkflowIT {
    private static final Path FILE = Path.of(".forgejo/workflows/backup-verify.yml");
    private static final String FAILED = "Failure - Main Restore and verify";
    private static final String GREEN =
            "printf '{\\n  \"checks\": [],\\n  \"verdict\": \"green\",\\n  \"versions\": {}\\n}\\n'";
    private static final String RED = "printf '{\\n  \"verdict\": \"red\"\\n}\\n'";

    @TempDir
    private Path folder;

    private Path act;
    private Path arguments;

    @BeforeEach
    void aProgramThatRunsWorkflows() throws Exception {
        act = ActTool.need();
        arguments = folder.resolve("arguments");
    }

    private record Ran(Finished act, String arguments) {
        boolean green() {
            return act.ok();
        }
    }

    /** @param event {@code schedule} or {@code workflow_dispatch} */
    private Ran run(String event, String... lines) throws Exception {
        GitClone clone = GitClone.init(folder.resolve("repository"));
        Files.createDirectories(clone.folder().resolve(FILE).getParent());
        Files.copy(FILE, clone.folder().resolve(FILE));
        Path program = clone.folder().resolve("foundation");
        Files.writeString(program, "");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        clone.commit("foundation", "#!/bin/sh\necho \"$@\" >> '" + arguments + "'\n" + String.join("\n", lines) + "\n");
        // Fetched as on a runner, by its commit, from a repository that act is told of in the runner's environment.
        clone.git("config", "uploadpack.allowAnySHA1InWant", "true");
        clone.git("remote", "add", "origin", "https://forge.invalid/foundation/foundation.git");
        List<String> args = new ArrayList<>(List.of(act.toString(), event, "--workflows", FILE.toString()));
        args.addAll(List.of("--platform", "docker=-self-hosted", "--env"));
        args.add("FOUNDATION_REPOSITORY=" + clone.folder().toUri());
        Path home = Files.createDirectories(folder.resolve("home"));
        Finished done = Processes.run(Command.of(args)
                .in(clone.folder())
                .withEnvironment(
                        Map.of("HOME", home.toString(), "XDG_CACHE_HOME", home.toString(), "DO_NOT_TRACK", "1"))
                .within(Duration.ofMinutes(3)));
        System.out.println(done.text());
        return new Ran(
                done, Files.exists(arguments) ? Files.readString(arguments).strip() : "");
    }

    @Test
    void aGreenVerdictIsGreenOnDemandAndEachWeek() throws Exception {
        Ran ran = run("workflow_dispatch", GREEN);
        assertThat(ran.green()).as(ran.act().errors()).isTrue();
        assertThat(ran.arguments()).isEqualTo("verify --restore --json");
        assertThat(ran.act().text()).contains("GREEN.");
    }

    @Test
    void theScheduleRunsIt() throws Exception {
        Ran ran = run("schedule", GREEN);
        assertThat(ran.green()).as(ran.act().errors()).isTrue();
        assertThat(ran.arguments()).isEqualTo("verify --restore --json");
    }

    @Test
    void aRunThatFailsIsRedWhateverItPrinted() throws Exception {
        Ran ran = run("workflow_dispatch", GREEN, "exit 1");
        assertThat(ran.green()).isFalse();
        assertThat(ran.arguments()).isEqualTo("verify --restore --json");
        assertThat(ran.act().text()).contains(FAILED); // act may lose a failed step's last line
    }

    @Test
    void aRedVerdictIsRedWhateverTheExitCode() throws Exception {
        Ran ran = run("workflow_dispatch", RED, "exit 0");
        assertThat(ran.green()).isFalse();
        assertThat(ran.arguments()).isEqualTo("verify --restore --json");
    }

    @Test
    void aRunWithoutAVerdictIsRed() throws Exception {
        Ran ran = run("workflow_dispatch", "exit 0");
        assertThat(ran.green()).isFalse();
        assertThat(ran.arguments()).isEqualTo("verify --restore --json");
        assertThat(ran.act().text()).contains(FAILED);
    }

    @Test
    void itUsesNoActionFromElsewhereAndNoSecretOfTheForge() throws Exception {
        String file = Files.readString(FILE);
        assertThat(file).doesNotContain("uses:").doesNotContain("secrets.").contains("schedule:", "workflow_dispatch:");
    }
}
