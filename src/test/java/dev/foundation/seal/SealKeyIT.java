package dev.foundation.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.TestTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the real {@code ssh-keygen}. */
@Timeout(60)
final class SealKeyIT {
    @TempDir
    Path folder;

    private SealKey made;
    private Path key;

    @BeforeEach
    void writeKey() throws Exception {
        made = SealKey.generate(new SecureRandom());
        key = Files.writeString(folder.resolve("key"), made.privateKey().expose());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void sshKeygenFindsTheSamePublicLineInThePrivateKey() throws Exception {
        TestTool keygen = TestTool.run(folder, "", "ssh-keygen", "-y", "-f", key.toString());

        assertThat(keygen.exitCode()).as(keygen.output()).isZero();
        assertThat(keygen.output().strip()).isEqualTo(made.publicLine());
        assertThat(SealKey.of(made.privateKey()).publicLine()).isEqualTo(made.publicLine());
    }

    @Test
    void sshKeygenSignsWithItAndVerifiesAgainstThePublicLine() throws Exception {
        Path file = Files.writeString(folder.resolve("SEAL.json"), "{}");
        Path signers = Files.writeString(folder.resolve("signers"), "seal " + made.publicLine() + "\n");
        TestTool sign = TestTool.run(
                folder, "", "ssh-keygen", "-Y", "sign", "-f", key.toString(), "-n", SealKey.COMMENT, file.toString());
        assertThat(sign.exitCode()).as(sign.output()).isZero();

        assertThat(verify(signers, "{}").exitCode()).isZero();
        assertThat(verify(signers, "{ }").exitCode()).isNotZero();
    }

    @Test
    void whatSshKeygenSignsWeVerifyAndWhatWeSignSshKeygenVerifies() throws Exception {
        Path file = Files.writeString(folder.resolve("SEAL.json"), "{}");
        Path signers = Files.writeString(folder.resolve("signers"), "seal " + made.publicLine() + "\n");
        for (String namespace : new String[] {SealKey.COMMENT, "file"}) {
            Path signature = folder.resolve("SEAL.json.sig");
            Files.deleteIfExists(signature);
            TestTool sign = TestTool.run(
                    folder, "", "ssh-keygen", "-Y", "sign", "-f", key.toString(), "-n", namespace, file.toString());
            assertThat(sign.exitCode()).as(sign.output()).isZero();
            String theirs = Files.readString(signature);
            byte[] message = Files.readAllBytes(file);
            if (namespace.equals(SealKey.COMMENT)) {
                assertThat(SealSignature.sign(made, message)).isEqualTo(theirs); // Ed25519 has one signature
                SealSignature.verify(made.publicLine(), message, theirs);
            } else {
                assertThatThrownBy(() -> SealSignature.verify(made.publicLine(), message, theirs))
                        .isInstanceOf(SealException.class)
                        .hasMessageContaining("namespace");
            }
        }

        Files.writeString(folder.resolve("SEAL.json.sig"), SealSignature.sign(made, Files.readAllBytes(file)));
        TestTool verified = verify(signers, "{}");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        assertThat(verify(signers, "{ }").exitCode()).isNotZero();
    }

    private TestTool verify(Path signers, String content) throws Exception {
        return TestTool.run(
                folder,
                content,
                "ssh-keygen",
                "-Y",
                "verify",
                "-f",
                signers.toString(),
                "-I",
                "seal",
                "-n",
                SealKey.COMMENT,
                "-s",
                folder.resolve("SEAL.json.sig").toString());
    }
}
