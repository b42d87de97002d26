package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foundation.age.AgeIdentity;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiException;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.PassphraseFile;
import dev.foundation.secret.Secret;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** K1, with the real Pulumi CLI: the next generation counts, the older ones stay, and a run that was stopped is finished by the next. */
@Timeout(300)
final class KeyRotationIT {
    private static final String OLD = "ten random words that nobody would ever guess at all";
    private static final String STATE = """
            {"version": 3, "deployment": {"manifest": {"time": "2026-11-21T10:00:00Z", "magic": "", "version": ""},
              "secrets_providers": {"type": "passphrase", "state": {"salt": "%s"}}, "resources": [
              {"urn": "urn:pulumi:foundation::foundation::pulumi:pulumi:Stack::foundation-foundation", "custom": false,
               "type": "pulumi:pulumi:Stack", "outputs": {"vaultRootToken":
                 {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": "\\"hunter2\\""}}}]}}""";

    @TempDir
    Path folder;

    private final AgeIdentity identity = AgeIdentity.generate();
    private final SealKey seal = SealKey.generate(new SecureRandom());
    private CliRun cli;

    @BeforeEach
    void aFoundationThatWasSetUp() throws Exception {
        cli = new CliRun(folder).setUp();
        cli.tools = new Preparation.Toolset(
                Tools.need("pulumi"),
                Map.of("PULUMI_HOME", folder.resolve("home").toString()));
        Files.writeString(cli.repository.resolve("Pulumi.yaml"), "name: foundation\nruntime: yaml\n");
        file().create(Secret.of(OLD));
        cli.with("foundation:backupAgeRecipient: " + identity.recipient());
        cli.with("foundation:sealPublicKey: " + seal.publicLine());
        Pulumi stack = stack();
        stack.initStack();
        stack.setSecret("backupAgeIdentity", identity.identity());
        stack.setSecret("sealSigningKey", seal.privateKey());
        stack.importState(new ObjectMapper()
                .readTree(STATE.formatted(
                        cli.workspace().configuration().encryptionSalt().orElseThrow())));
    }

    private PassphraseFile file() {
        return new PassphraseFile(folder.resolve("config/foundation.passphrase"), cli.repository);
    }

    private PassphraseFile next() {
        return new PassphraseFile(folder.resolve("config/foundation.passphrase.next"), cli.repository);
    }

    /** With the passphrase that the file holds now. */
    private Pulumi stack() throws Exception {
        Workspace workspace = cli.workspace();
        return workspace.pulumi(workspace.draft(), Site.SEALED);
    }

    private BackupSpec backup() throws Exception {
        return cli.workspace().draft().provisional().backup();
    }

    private void everythingOpens() throws Exception {
        assertThat(stack().outputs().expose().path("vaultRootToken").asText()).isEqualTo("hunter2");
        assertThat(stack().config("sealSigningKey").expose())
                .isEqualTo(seal.privateKey().expose());
    }

    @Test
    void theFileAndTheStateComeUnderANewPassphraseAndTheOldOnesAreKept() throws Exception {
        long comments = Files.readString(cli.file())
                .lines()
                .filter(line -> line.contains("#"))
                .count();
        assertThat(cli.run("keys", "rotate", "passphrase")).as(cli.err()).isZero();
        String second = file().read().expose();
        assertThat(second).isNotEqualTo(OLD);
        assertThat(next().exists()).isFalse();
        everythingOpens();
        assertThat(cli.out()).contains("commit Pulumi.foundation.yaml", "kit export");
        assertThat(cli.out() + cli.err()).doesNotContain(second).doesNotContain(OLD);
        assertThat(Files.readString(cli.file()).lines().filter(line -> line.contains("#")))
                .hasSize((int) comments);

        assertThat(cli.run("keys", "rotate", "passphrase")).as(cli.err()).isZero();
        everythingOpens();
        assertThat(stack().config("retiredPassphrases").expose()).isEqualTo(second + "\n" + OLD);

        String third = file().read().expose();
        Files.writeString(file().file(), OLD);
        assertThatThrownBy(() -> stack().importState(stack().export()))
                .isInstanceOfSatisfying(
                        PulumiException.class,
                        e -> assertThat(e.wrongPassphrase()).isTrue());
        Files.writeString(file().file(), third);
    }

    @Test
    void aChangeThatWasStoppedIsFinishedByTheNextRun() throws Exception {
        Path state = folder.resolve("state/.pulumi/stacks/foundation/foundation.json");
        byte[] before = Files.readAllBytes(state);
        next().create(Secret.of("eleven other words that no one has heard of until now"));
        assertThat(cli.run(
                        "keys", "rotate", "passphrase", "--from", file().file().toString()))
                .isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("half-way").contains("without --from");

        assertThat(cli.run("keys", "rotate", "passphrase")).as(cli.err()).isZero();
        assertThat(file().read().expose()).startsWith("eleven other words");
        everythingOpens();

        // Stopped after the CLI had written the file, and before it wrote the state.
        Files.move(file().file(), next().file());
        file().create(Secret.of(OLD));
        Files.write(state, before);
        assertThat(cli.run("keys", "rotate", "passphrase")).as(cli.err()).isZero();
        assertThat(file().read().expose()).startsWith("eleven other words");
        everythingOpens();
        assertThat(stack().config("retiredPassphrases").expose()).isEqualTo(OLD);
    }

    @Test
    void whatCannotBeAPassphraseIsRefusedAndNothingIsTouched() throws Exception {
        String was = Files.readString(cli.file());
        Path weak = folder.resolve("weak");
        Files.writeString(weak, "hunter2");
        Files.setPosixFilePermissions(weak, PosixFilePermissions.fromString("rw-------"));
        assertThat(cli.run("keys", "rotate", "passphrase", "--from", weak.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("too easy to guess").doesNotContain("hunter2");
        Files.setPosixFilePermissions(weak, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(cli.run("keys", "rotate", "passphrase", "--from", weak.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("chmod 600");
        cli.environment.put("PULUMI_CONFIG_PASSPHRASE", OLD);
        assertThat(cli.run("keys", "rotate", "passphrase")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("unset PULUMI_CONFIG_PASSPHRASE");
        assertThat(cli.run("keys", "rotate", "everything")).isEqualTo(2);
        assertThat(cli.run("keys", "rotate", "identity", "--from", weak.toString()))
                .isEqualTo(2);
        assertThat(next().exists()).isFalse();
        assertThat(Files.readString(cli.file())).isEqualTo(was);
    }

    @Test
    void pointsAreSealedToANewIdentityAndTheOlderOnesStayInTheSameFile() throws Exception {
        for (int generation = 2; generation <= 3; generation++) {
            assertThat(cli.run("keys", "rotate", "identity")).as(cli.err()).isZero();
            assertThat(cli.out()).contains("generation " + generation);
            List<Secret<String>> lines = AgeIdentity.lines(stack().config("backupAgeIdentity"));
            assertThat(lines).hasSize(generation);
            assertThat(lines.getLast().expose()).isEqualTo(identity.identity().expose());
            String newest = AgeIdentity.of(lines.getFirst()).recipient();
            assertThat(backup().recipients()).containsExactly(newest);
            assertThat(backup().identityGeneration()).isEqualTo(generation);
        }
        // Stopped after the identity was written: it is taken, none is made.
        Secret<String> three = stack().config("backupAgeIdentity");
        stack().set("backupAgeRecipient", identity.recipient());
        stack().remove("retiredBackupAgeRecipients");
        assertThat(cli.run("keys", "rotate", "identity")).as(cli.err()).isZero();
        assertThat(stack().config("backupAgeIdentity").expose()).isEqualTo(three.expose());
        assertThat(backup().identityGeneration()).isEqualTo(3);
        assertThat(cli.out()).doesNotContain("AGE-SECRET-KEY");
    }

    @Test
    void pointsAreSignedWithANewKeyAndTheOlderOnesAreStillBelieved() throws Exception {
        assertThat(cli.run("keys", "rotate", "seal")).as(cli.err()).isZero();
        SealKey second = SealKey.of(stack().config("sealSigningKey"));
        assertThat(backup().sealPublicKeys()).containsExactly(second.publicLine(), seal.publicLine());

        // Stopped before the public half was written.
        SealKey third = SealKey.generate(new SecureRandom());
        stack().set("retiredSealPublicKeys", second.publicLine() + "," + seal.publicLine());
        stack().setSecret("sealSigningKey", third.privateKey());
        assertThat(cli.run("keys", "rotate", "seal")).as(cli.err()).isZero();
        assertThat(backup().sealPublicKeys())
                .containsExactly(third.publicLine(), second.publicLine(), seal.publicLine());
        assertThat(stack().config("sealSigningKey").expose())
                .isEqualTo(third.privateKey().expose());
    }
}
