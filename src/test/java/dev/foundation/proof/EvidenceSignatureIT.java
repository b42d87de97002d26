package dev.foundation.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.process.Command;
import dev.foundation.process.Input;
import dev.foundation.process.Processes;
import dev.foundation.seal.SealKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stranger with ssh-keygen believes the same evidence as we do. */
@Timeout(60)
final class EvidenceSignatureIT {
    @TempDir
    private Path folder;

    @Test
    void sshKeygenAcceptsItInItsNamespaceAndInNoOther() throws Exception {
        SealKey key = SealKey.generate(new SecureRandom());
        Instant now = Instant.parse("2026-11-22T04:00:00Z");
        Evidence evidence =
                Evidence.of(ProofFixture.seal(List.of(), 0), "here", "1", now, now, List.of(), List.of(), List.of());
        Files.writeString(folder.resolve("signers"), "seal " + key.publicLine() + "\n");
        Files.writeString(folder.resolve("sig"), evidence.sign(key));
        assertThat(verify("foundation-evidence", evidence)).isTrue();
        assertThat(verify("foundation-seal", evidence)).isFalse();
    }

    private boolean verify(String namespace, Evidence evidence) throws Exception {
        return Processes.run(Command.of(List.of(
                                "ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "seal", "-n", namespace, "-s", "sig"))
                        .in(folder)
                        .withInput(Input.of(evidence.bytes())))
                .ok();
    }
}
