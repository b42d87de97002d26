package dev.foundation.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PassphraseTest {
    private static final Secret<String> GOOD = Secret.of("unmasked trimester cofounder gizmo pebbly ninja");

    @TempDir
    Path folder;

    private Path repository;

    @BeforeEach
    void makeRepository() throws Exception {
        repository = Files.createDirectory(folder.resolve("repo"));
    }

    @Test
    void aGeneratedPassphraseIsTenWordsOfTheWholeList() {
        List<String> words = Passphrases.words();
        Secret<String> passphrase = Passphrases.generate(new SecureRandom());

        assertThat(words).hasSize(7776).doesNotHaveDuplicates();
        assertThat(passphrase.expose().split(" ")).hasSize(10).allMatch(words::contains);
        assertThat(Passphrases.generate(new SecureRandom()).expose()).isNotEqualTo(passphrase.expose());
        assertThat(Passphrases.weakness(passphrase)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "sunflower",
                "correcthorsebatterystaple",
                "Passw0rd!2026",
                "qwertyuiop123456",
                "Tr0ub4dor&3"
            })
    void aPassphraseThatIsEasyToGuessIsRefusedWithTheReasonAndWithoutItsText(String weak) {
        String reason = Passphrases.weakness(Secret.of(weak)).orElseThrow();

        assertThat(reason).contains("Take ten random words");
        if (!weak.isBlank()) {
            assertThat(reason).contains("easy to guess").doesNotContain(weak);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unmasked trimester cofounder gizmo pebbly ninja", "9fK!x2Lq#vR8z&Tm4pWc"})
    void aPassphraseThatHoldsIsTaken(String strong) {
        assertThat(Passphrases.weakness(Secret.of(strong))).isEmpty();
    }

    @Test
    void theFileIsMadeForItsOwnerAloneAndNeverOverwritten() throws Exception {
        var file = new PassphraseFile(folder.resolve("config/foundation/passphrase"), repository);
        file.create(GOOD);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(file.file().getParent())))
                .isEqualTo("rwx------");
        assertThat(file.read().expose()).isEqualTo(GOOD.expose());
        assertThatThrownBy(() -> file.create(GOOD)).hasMessageContaining("exists already");
    }

    @Test
    void aFileInsideTheRepositoryIsRefusedAlsoBehindALink() throws Exception {
        Path inside = Files.writeString(repository.resolve("pass"), "x");
        Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rw-------"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), inside);

        assertThatThrownBy(() -> new PassphraseFile(link, repository).read())
                .hasMessageContaining("inside the repository");
        assertThatThrownBy(() -> new PassphraseFile(repository.resolve("new/pass"), repository).create(GOOD))
                .isInstanceOf(PassphraseException.class)
                .hasMessageContaining("inside the repository");
    }

    @Test
    void aFileThatOthersCanReadIsRefusedWithTheCure() throws Exception {
        Path file = Files.writeString(folder.resolve("open"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> new PassphraseFile(file, repository).read()).hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void theEnvironmentComesBeforeTheDefaultFile() throws Exception {
        Path fallback = folder.resolve("default");

        assertThat(PassphraseSource.find(Map.of(), fallback, repository).described())
                .contains("default");
        assertThat(PassphraseSource.find(Map.of("FOUNDATION_PASSPHRASE_FILE", "/f"), fallback, repository)
                        .described())
                .isEqualTo("the file /f");
        assertThat(PassphraseSource.find(
                                Map.of("FOUNDATION_PASSPHRASE_FILE", "/f", "PULUMI_CONFIG_PASSPHRASE_FILE", "/p"),
                                fallback,
                                repository)
                        .described())
                .isEqualTo("the file /p");
        PassphraseSource given =
                PassphraseSource.find(Map.of("PULUMI_CONFIG_PASSPHRASE", "hunter2"), fallback, repository);
        assertThat(given.passphrase().expose()).isEqualTo("hunter2");
        assertThat(given.toString()).doesNotContain("hunter2");
        assertThatThrownBy(() ->
                        PassphraseSource.find(Map.of(), fallback, repository).passphrase())
                .hasMessageContaining("FOUNDATION_PASSPHRASE_FILE");
    }
}
