package dev.foundation.forgejo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DoctorLinesTest {
    @Test
    void warningsAndErrorsAreToldWithTheirCheckAndNothingElse() {
        String printed = """
                [1] Check paths and basic configuration
                 - [I] Configuration File Path:    "/etc/gitea/app.ini"
                OK

                [2] Check if hook files are up-to-date
                 - [W] old hook file 3 does not exist
                \u001b[31m - [E] hook file x is not executable\u001b[0m
                ERROR

                [3] Check Database Version
                ERROR
                """;
        assertThat(DoctorLines.findings(printed))
                .containsExactly(
                        "Check if hook files are up-to-date: old hook file 3 does not exist",
                        "Check if hook files are up-to-date: hook file x is not executable",
                        "Check Database Version: failed without saying why");
        assertThat(DoctorLines.findings("")).isEmpty();
    }
}
