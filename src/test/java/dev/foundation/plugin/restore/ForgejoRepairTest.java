package dev.foundation.plugin.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.docker.Exec;
import dev.foundation.plugin.restore.ForgejoRepair.Inputs;
import dev.foundation.plugin.restore.ForgejoRepair.Outputs;
import dev.foundation.process.Finished;
import dev.foundation.testing.RecordingRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForgejoRepairTest {
    private static final Inputs INPUTS =
            new Inputs("forgejo", "/usr/local/bin/gitea", "/etc/gitea/app.ini", "git", "20261121T030000Z");

    private final List<String> ran = new ArrayList<>();
    private final RecordingRun run = new RecordingRun();

    private ForgejoRepair handler(String failing) {
        return new ForgejoRepair((container, runAs) -> (Exec) (args, input, time) -> {
            String command = String.join(" ", args.subList(3, args.size()));
            ran.add(command);
            boolean doctor = command.startsWith("doctor");
            String printed = doctor ? "[1] Check hooks\n - [W] one is old\n" : "";
            int exit = doctor || command.equals(failing) ? 1 : 0;
            return new Finished(exit, printed.getBytes(StandardCharsets.UTF_8), exit == 0 ? "" : "it broke");
        });
    }

    @Test
    void hooksAndKeysAreWrittenAnewAndTheDoctorsFindingsAreAnOutputWhateverItsExitCode() throws Exception {
        Outputs made = handler("").create(INPUTS, run).outputs();
        assertThat(ran)
                .containsExactly("admin regenerate hooks", "admin regenerate keys", "doctor check --all");
        assertThat(made.findings()).containsExactly("Check hooks: one is old");
        assertThat(run.warnings()).hasSize(1);
    }

    @Test
    void aStepThatFailsIsAFailureAndOnlyAnotherPointRepairsAgain() {
        var handler = handler("admin regenerate keys");
        assertThatThrownBy(() -> handler.create(INPUTS, run))
                .hasMessageContaining("regenerate keys")
                .hasMessageContaining("it broke");
        var state = new Outputs(List.of(), 1);
        assertThat(handler.isSettled("container", INPUTS, state)).isTrue();
        assertThat(handler.isSettled("point", INPUTS, state)).isFalse();
    }
}
