package dev.foundation.pulumi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PulumiErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "error: incorrect passphrase | the passphrase in the file /p does not open Pulumi.foundation.yaml",
                "error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE | there is no passphrase in the file /p",
                "error: the stack is currently locked by 1 lock(s). created by root@h (pid 99) at 2026-11-21T10:00:00Z | locked by a run of root@h (pid 99) at 2026-11-21T10:00:00Z",
                "error: failed to load language plugin java: no language plugin 'pulumi-language-java' | doctor",
                "error: write /x: no space left on device | the disk is full: make room",
                "error: unable to open bucket file:///none | Check PULUMI_BACKEND_URL",
                "error: no stack named 'foundation' found | `./foundation up` makes it",
                "error: update failed | pulumi up failed: update failed",
                "'' | what it printed above says why",
            })
    void theClisErrorBecomesOneMessageThatSaysWhatToDo(String line, String message) {
        assertThat(PulumiErrors.message("pulumi up", "the file /p", List.of(line)))
                .contains(message);
    }
}
