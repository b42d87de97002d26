package dev.foundation.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A file that the real CLI (3.230.0) has written. Its passphrase protects nothing. */
final class StackSecretsTest {
    private static final Secret<String> PASSPHRASE = Secret.of("ten random words that nobody would ever think of here");

    private static String file() throws Exception {
        return Files.readString(Path.of("src/test/resources/dev/foundation/kit/stack.yaml"));
    }

    @Test
    void whatPulumiEncryptedIsOpened() throws Exception {
        StackSecrets secrets = StackSecrets.open("the file", file(), PASSPHRASE);

        assertThat(secrets.find("backupAgeIdentity").orElseThrow().expose()).isEqualTo("AGE-SECRET-KEY-1EXAMPLE");
        assertThat(secrets.find("vaultUnsealKeys").orElseThrow().expose()).isEqualTo("{\"1\":[\"\u00e4key\",\"b\"]}");
        assertThat(secrets.find("site")).isEmpty();
    }

    @Test
    void aWrongPassphraseAndAChangedValueAreTold() throws Exception {
        assertThatThrownBy(() -> StackSecrets.open("the file", file(), Secret.of("ten other words")))
                .hasMessage("this passphrase does not open the file");
        StackSecrets changed = StackSecrets.open("the file", file().replace(":1kgksCZM", ":1kgksCZN"), PASSPHRASE);
        assertThatThrownBy(() -> changed.find("vaultUnsealKeys"))
                .hasMessageStartingWith("foundation:vaultUnsealKeys cannot be decrypted");
        assertThatThrownBy(() -> StackSecrets.open("the file", "config: {}\n", PASSPHRASE))
                .hasMessageContaining("has no encryptionsalt");
    }
}
