package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.artifact.vault.VaultSnapshot;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.recover.LocalVault;
import dev.foundation.recover.UnsealProof;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.testing.PulumiProject;
import dev.foundation.testing.Tools;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultException;
import dev.foundation.vault.VaultHealth.State;
import dev.foundation.vault.VaultRekey;
import dev.foundation.vault.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** New unseal keys for a real Vault, with the real Pulumi CLI; stopped at each step as a kill would, and begun again. */
@Timeout(600)
final class UnsealRotationIT {
    private static final String PASSPHRASE = "a passphrase of no worth"; // the project's

    @TempDir
    Path folder;

    private CliRun cli;
    private PulumiProject project;
    private VaultServer server;
    private VaultClient vault;
    private VaultRekey rekey;
    private List<String> first = List.of();

    @BeforeEach
    void aFoundationOfVaultAlone() throws Exception {
        server = VaultServer.start(Files.createDirectory(folder.resolve("vault")));
        vault = new VaultClient(server.address(), () -> "");
        rekey = vault.rekey();
        cli = new CliRun(folder).setUp();
        cli.with("foundation:vault: {port: " + server.address().getPort() + "}");
        project = PulumiProject.create(cli.repository, VaultProgram.class, "foundation", VaultProgram.Provider.class);
        Path yaml = cli.repository.resolve("Pulumi.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("name: trial", "name: foundation"));
        cli.environment.put(
                "PULUMI_BACKEND_URL", cli.repository.resolve("state").toUri().toString());
        cli.environment.put("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE);
        cli.tools = tools(Tools.need("pulumi"));
        stack().initStack();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Preparation.Toolset tools(Path pulumi) {
        return new Preparation.Toolset(
                pulumi, Map.of("PULUMI_HOME", cli.repository.resolve("home").toString()));
    }

    private Pulumi stack() throws Exception {
        Workspace workspace = cli.workspace();
        return workspace.pulumi(workspace.draft(), Site.SEALED);
    }

    private UnsealKeys file() throws Exception {
        return UnsealKeys.parse(stack().config("vaultUnsealKeys").expose());
    }

    private Path own() {
        return folder.resolve("state-of/foundation/rekey");
    }

    private Waiting waiting() {
        return new Waiting(vault.seal(), server.address().toString(), Duration.ofSeconds(60), text -> {});
    }

    private void restarted() throws Exception {
        server.restart();
        assertThat(waiting().forAnswer().sealed()).isTrue();
    }

    /** Without a state: what the first `up` and `keys save` would have left in the file. */
    private void initialised() throws Exception {
        waiting().forAnswer();
        first = vault.seal().initialise(5, 3).unsealKeys();
        vault.seal().unseal(first);
        waiting().forActive();
        kept(UnsealKeys.none().with(first));
    }

    private void kept(UnsealKeys keys) throws Exception {
        stack().setSecret("vaultUnsealKeys", Secret.of(keys.json()));
    }

    private int rotate() {
        return cli.run("keys", "rotate", "unseal");
    }

    /** Every key of the file's newest generation is Vault's, nothing is pending, and no key was printed. */
    private void rotatedTo(int generation) throws Exception {
        UnsealKeys keys = file();
        assertThat(keys.generation()).isEqualTo(generation);
        vault.seal().prove(keys.current());
        assertThat(rekey.pending()).isEmpty();
        assertThat(own()).doesNotExist();
        for (int each : keys.generations()) {
            assertThat(cli.out() + cli.err()).doesNotContain(keys.of(each));
        }
        assertThat(keys.of(1)).isEqualTo(first);
    }

    /** As the unsealer does that was not told: one key after the other, a pause, and again. */
    private void offerTheOlderKeys() {
        while (true) {
            for (String key : first.subList(0, 3)) {
                try {
                    Thread.sleep(150);
                    var ignored = vault.write("sys/unseal", Map.of("key", key));
                } catch (VaultException e) {
                    // Refused, as each time.
                } catch (IOException | InterruptedException e) {
                    return;
                }
            }
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private String up(String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("up", "--stack", "foundation", "--yes", "--skip-preview"));
        words.addAll(List.of(more));
        PulumiProject.Answer answer = project.pulumi(words.toArray(String[]::new));
        assertThat(answer.exitCode()).as(answer.output()).isZero();
        return answer.output();
    }

    private byte[] snapshot() throws Exception {
        String root = stack().outputs().expose().path("vaultRootToken").asText();
        try (var artifact = new VaultSnapshot(vault.withToken(() -> root))) {
            return artifact.content().readAllBytes();
        }
    }

    private UnsealProof.Result opening(byte[] snapshot, String name) throws Exception {
        try (var scratch = new LocalVault(Files.createDirectory(folder.resolve(name)))) {
            return new UnsealProof(scratch, name).run(() -> new ByteArrayInputStream(snapshot), file(), 0);
        }
    }

    @Test
    void theNewKeysOpenVaultTheOlderOnesItsOlderSnapshotsAndUpTellsTheState() throws Exception {
        up();
        assertThat(cli.run("keys", "save")).as(cli.err()).isZero();
        up("--expect-no-changes");
        first = file().current();
        byte[] before = snapshot();

        assertThat(rotate()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("5 new unseal keys, of which 3 open it (generation 2)", "Run ./foundation up now", "commit");
        rotatedTo(2);
        List<String> second = file().current();
        assertThat(second).hasSize(5).doesNotContainAnyElementsOf(first);

        // The state was not told: it is not taken for the one that knows.
        assertThat(cli.run("keys", "save")).as(cli.err()).isZero();
        assertThat(cli.out()).contains("The state holds generation 1", "`./foundation up` tells the state");
        assertThat(file().generations()).containsExactly(1, 2);

        restarted();
        assertThatThrownBy(() -> vault.seal().unseal(first)).isInstanceOf(VaultException.class);
        Thread unsealer = Thread.ofVirtual().start(this::offerTheOlderKeys);
        try {
            String told = up();
            assertThat(told).contains("1 updated").doesNotContain(second).doesNotContain(first);
        } finally {
            unsealer.interrupt();
            unsealer.join();
        }
        assertThat(vault.seal().health().state()).isEqualTo(State.ACTIVE);
        up("--expect-no-changes");
        assertThat(cli.run("keys", "save")).as(cli.err()).isZero();
        assertThat(cli.out()).contains("are the current ones");
        rotatedTo(2);
        assertThat(stack().export().toString()).doesNotContain(first).doesNotContain(second);

        assertThat(opening(before, "older")).isEqualTo(new UnsealProof.Result(1, 5, 5, 3, 5));
        assertThat(opening(snapshot(), "newer")).isEqualTo(new UnsealProof.Result(2, 5, 5, 3, 5));

        // Twice before the state is told, and a file that Vault does not agree with is none to be told.
        assertThat(rotate()).as(cli.err()).isZero();
        assertThat(rotate()).as(cli.err()).isZero();
        rotatedTo(4);
        UnsealKeys right = file();
        kept(right.with(first));
        PulumiProject.Answer refused = project.pulumi("up", "--stack", "foundation", "--yes", "--skip-preview");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("keys rotate unseal").doesNotContain(first);
        kept(right);
        up();
        up("--expect-no-changes");
    }

    @Test
    void aRunThatWasKilledIsFinishedOrBegunAnewByTheNextOne() throws Exception {
        initialised();
        Files.createDirectories(own().getParent());

        // Killed before the rekey could be named its own.
        String nonce = rekey.begin(5, 3);
        assertThat(rotate()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("A rekey that was not finished was cancelled");
        rotatedTo(2);

        // After one of the keys was given.
        nonce = rekey.begin(5, 3);
        Files.writeString(own(), nonce);
        assertThat(rekey.newKeys(nonce, file().current().subList(0, 1))).isEmpty();
        assertThat(rotate()).as(cli.err()).isZero();
        rotatedTo(3);

        // With the new keys in the killed run alone.
        nonce = rekey.begin(5, 3);
        Files.writeString(own(), nonce);
        List<String> lost = rekey.newKeys(nonce, file().current()).orElseThrow();
        vault.seal().prove(file().current());
        assertThat(rotate()).as(cli.err()).isZero();
        rotatedTo(4);
        assertThat(file().current()).doesNotContainAnyElementsOf(lost);

        // With the new keys in the file, and Vault not asked to take them, or asked with one of them.
        for (int given = 0; given < 2; given++) {
            nonce = rekey.begin(5, 3);
            Files.writeString(own(), nonce);
            List<String> kept = rekey.newKeys(nonce, file().current()).orElseThrow();
            kept(file().with(kept));
            assertThat(rekey.prove(kept.subList(0, given))).isFalse();
            assertThat(rotate()).as(cli.err()).isZero();
            assertThat(cli.out()).contains("that was stopped is finished", "(generation " + (5 + given) + ")");
            rotatedTo(5 + given);
            assertThat(file().current()).isEqualTo(kept);
        }

        // Likewise, and Vault was restarted: it has forgotten the new ones, and the older ones open it.
        nonce = rekey.begin(5, 3);
        Files.writeString(own(), nonce);
        kept(file().with(rekey.newKeys(nonce, file().current()).orElseThrow()));
        restarted();
        assertThat(rotate()).as(cli.err()).isZero();
        rotatedTo(8);
        restarted();
        vault.seal().unseal(file().current());
    }

    @Test
    void aRekeyOfSomebodyElseIsRefusedAndLeftAsItIs() throws Exception {
        initialised();
        Files.createDirectories(own().getParent());
        Files.writeString(own(), "another-nonce");
        String nonce = rekey.begin(5, 3);
        assertThat(rekey.newKeys(nonce, first.subList(0, 1))).isEmpty();

        assertThat(rotate()).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains(nonce, "not begun here", "vault operator rekey -cancel", "Nothing was touched");
        assertThat(rekey.pending()).contains(new VaultRekey.Pending(nonce, 1, false));

        List<String> theirs = rekey.newKeys(nonce, first.subList(1, 5)).orElseThrow();
        assertThat(rotate()).isEqualTo(ExitCodes.REFUSED);
        assertThat(rekey.prove(theirs)).isTrue();
        assertThat(file().generations()).containsExactly(1);

        // The keys in force are not in the file now.
        assertThat(rotate()).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err())
                .contains("no unseal keys in Pulumi.foundation.yaml are those of Vault", "keys save")
                .doesNotContain(theirs)
                .doesNotContain(first);
        assertThat(rekey.pending()).isEmpty();
        restarted();
        assertThat(rotate()).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("is sealed, and no unseal keys in Pulumi.foundation.yaml open it");
        vault.seal().resetUnseal();
        vault.seal().unseal(theirs);
        assertThat(file().generations()).containsExactly(1);
    }

    @Test
    void whereTheFileIsNotWrittenTheOlderKeysStayInForce() throws Exception {
        initialised();
        Path real = Tools.need("pulumi");
        for (String end : List.of("exit 1", "exit 0")) {
            Path deaf = folder.resolve("pulumi");
            Files.writeString(
                    deaf,
                    "#!/bin/sh\ncase \"$*\" in *'config set'*) cat > /dev/null; " + end + ";; esac\nexec '" + real
                            + "' \"$@\"\n");
            Files.setPosixFilePermissions(deaf, PosixFilePermissions.fromString("rwxr-xr-x"));
            cli.tools = tools(deaf);
            assertThat(rotate()).isEqualTo(ExitCodes.FAILED);
            cli.tools = tools(real);
            assertThat(file().generations()).containsExactly(1);
            vault.seal().prove(first);
        }
        assertThat(cli.err()).contains("did not take its new unseal keys", "Run the same command again");
        assertThat(rotate()).as(cli.err()).isZero();
        rotatedTo(2);
    }

    @Test
    void thereAreAsManyAsTheConfigurationAsksFor() throws Exception {
        initialised();
        String few = Base64.getEncoder().encodeToString(new byte[33]);
        kept(file().with(List.of(few))); // fewer than a threshold, and not Vault's
        stack().set("vault.threshold", "2");
        stack().set("vault.shares", "2");
        assertThat(rotate()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("2 new unseal keys, of which 2 open it (generation 3)");
        rotatedTo(3);
        assertThat(file().current()).hasSize(2);
    }

    @Test
    void withoutKeysOrWithoutVaultNothingIsBegun() throws Exception {
        assertThat(rotate()).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("vaultUnsealKeys is not in Pulumi.foundation.yaml", "keys save");
        kept(UnsealKeys.none().with(List.of("hunter2")));
        waiting().forAnswer();
        assertThat(rotate()).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err())
                .contains("has no unseal keys yet", "./foundation up")
                .doesNotContain("hunter2");
        server.stop();
        assertThat(rotate()).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("does not answer");
        assertThat(own()).doesNotExist();
    }
}
