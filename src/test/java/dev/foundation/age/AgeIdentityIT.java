package dev.foundation.age;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.TestTool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the real {@code age} and {@code age-keygen}. */
@Timeout(60)
final class AgeIdentityIT {
    @TempDir
    Path folder;

    @Test
    void ageKeygenFindsTheSameRecipientInTheIdentity() throws Exception {
        AgeIdentity made = AgeIdentity.generate();
        TestTool keygen = TestTool.run(folder, made.identity().expose() + "\n", "age-keygen", "-y");

        assertThat(keygen.exitCode()).as(keygen.output()).isZero();
        assertThat(keygen.output().strip()).isEqualTo(made.recipient());
        assertThat(AgeIdentity.of(made.identity()).recipient()).isEqualTo(made.recipient());
    }

    @Test
    void whatAgeSealsToTheRecipientTheIdentityOpens() throws Exception {
        AgeIdentity made = AgeIdentity.generate();
        Path identity = Files.writeString(folder.resolve("id"), made.identity().expose() + "\n");
        Path sealed = folder.resolve("sealed");

        TestTool seal = TestTool.run(folder, "hello", "age", "-r", made.recipient(), "-o", sealed.toString());
        TestTool open = TestTool.run(folder, "", "age", "-d", "-i", identity.toString(), sealed.toString());

        assertThat(seal.exitCode()).as(seal.output()).isZero();
        assertThat(open.output()).isEqualTo("hello");
    }
}
