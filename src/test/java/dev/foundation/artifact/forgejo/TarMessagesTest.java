package dev.foundation.artifact.forgejo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TarMessagesTest {
    @Test
    void changesAndVanishedFilesAreToldApartFromFailures() {
        var messages = new TarMessages();
        List.of(
                        "tar: ./log/a: file changed as we read it",
                        "tar: ./git/x.git/: file changed as we read it",
                        "tar: ./x: File shrank by 1 byte; padding with zeros",
                        "tar: ./x\\ny: File shrank by 77 bytes; padding with zeros",
                        "tar: ./y: File removed before we read it",
                        "tar: ./z: Cannot stat: No such file or directory",
                        "tar: ./z: Warning: Cannot file_has_acl_at: No such file or directory",
                        "tar: Exiting with failure status due to previous errors")
                .forEach(messages::line);
        assertThat(messages.fatal()).isEmpty();
        assertThat(messages.changes()).isEqualTo(3);
        assertThat(messages.changed()).containsExactly("./log/a", "./x", "./x\\ny");
        assertThat(messages.vanished()).isEqualTo(2);
        messages.line("tar: ./secret: Warning: Cannot llistxattrat: Permission denied");
        assertThat(messages.fatal()).isPresent();
        messages.line("tar: ./secret: Cannot open: Permission denied");
        messages.line("tar: ./bad: Cannot read: Input/output error");
        assertThat(messages.fatal()).contains("tar: ./secret: Warning: Cannot llistxattrat: Permission denied");
    }
}
