package dev.foundation.pulumi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.secret.PassphraseFile;
import dev.foundation.secret.PassphraseSource;
import dev.foundation.secret.Secret;
import dev.foundation.spec.Configuration;
import dev.foundation.spec.SpecParser;
import dev.foundation.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the real Pulumi CLI, on a throw-away project beside a copy of the real stack file. */
@Timeout(120)
final class PulumiIT {
    private static final String SECRET = "line one: hunter2\nline two\n";

    @TempDir
    Path folder;

    private Path repository;
    private Path cli;

    @BeforeEach
    void makeProject() throws Exception {
        cli = Tools.need("pulumi");
        repository = Files.createDirectory(folder.resolve("repo"));
        Files.copy(Path.of("Pulumi.foundation.yaml"), file(), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(repository.resolve("Pulumi.yaml"), "name: foundation\nruntime: yaml\n");
    }

    @Test
    void aSecretSetOverStandardInputIsEncryptedInTheFileAndReadBackWhole() throws Exception {
        Pulumi pulumi = pulumi("right passphrase");
        assertThat(pulumi.stackExists()).isFalse();
        pulumi.initStack();
        assertThat(pulumi.stackExists()).isTrue();
        pulumi.setSecret("sealSigningKey", Secret.of(SECRET));

        assertThat(pulumi.config("sealSigningKey").expose()).isEqualTo(SECRET);
        assertThat(Files.readString(file()))
                .contains("foundation:sealSigningKey:\n    secure: v1:")
                .doesNotContain("hunter2");
        assertThat(pulumi.resources()).isEmpty();
        assertThat(pulumi.outputs().expose()).isEmpty();
    }

    @Test
    void plainValuesAreWrittenIntoTheirStructureAndTheCommentsStay() throws Exception {
        Pulumi pulumi = pulumi("right passphrase");
        pulumi.initStack();
        long comments = comments();
        pulumi.set("s3.engine", "versitygw");
        pulumi.set("site", "sealed");
        pulumi.set("running", "false");

        var draft = SpecParser.draft(Configuration.ofStackFile(Files.readString(file())));
        assertThat(draft.engine()).hasToString("Optional[VERSITYGW]");
        assertThat(draft.provisional().running()).isFalse();
        pulumi.remove("running");
        assertThat(SpecParser.draft(Configuration.ofStackFile(Files.readString(file())))
                        .provisional()
                        .running())
                .isTrue();
        assertThat(comments()).isEqualTo(comments);
    }

    @Test
    void aWrongPassphraseGivesOneMessageThatNamesThePlaceAndWhatToDo() throws Exception {
        Pulumi right = pulumi("right passphrase");
        right.initStack();
        right.setSecret("blobNameKey", Secret.of("hunter2"));
        right.checkPassphrase();

        assertThatThrownBy(() -> pulumi("wrong passphrase").config("blobNameKey"))
                .isInstanceOf(PulumiException.class)
                .hasMessageContaining("the passphrase in the file " + folder)
                .hasMessageContaining("does not open Pulumi.foundation.yaml")
                .hasMessageNotContaining("wrong passphrase")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> pulumi("wrong passphrase").checkPassphrase()).hasMessageContaining("does not open");
    }

    @Test
    void aFreshMachineTakesTheFileWithItsSecretsAsItIs() throws Exception {
        Pulumi here = pulumi("right passphrase");
        here.initStack();
        here.setSecret("blobNameKey", Secret.of("hunter2"));
        Pulumi elsewhere = pulumi("right passphrase", folder.resolve("other-state"));

        assertThat(elsewhere.stackExists()).isFalse();
        elsewhere.initStack();
        assertThat(elsewhere.config("blobNameKey").expose()).isEqualTo("hunter2");
    }

    @Test
    void aLockedStackNamesItsHolderAndTheCure() throws Exception {
        Pulumi pulumi = pulumi("right passphrase");
        pulumi.initStack();
        Path locks = Files.createDirectories(folder.resolve("state/.pulumi/locks/organization/foundation/foundation"));
        Files.writeString(
                locks.resolve("x.json"),
                "{\"pid\":99,\"username\":\"root\",\"hostname\":\"other\",\"timestamp\":\"2026-11-21T10:00:00Z\"}");

        assertThatThrownBy(() -> pulumi.up(false))
                .hasMessageContaining("locked by a run of root@other (pid 99)")
                .hasMessageContaining("pulumi cancel");
    }

    @Test
    void aLockWhoseHolderDiedOnThisHostIsFreedAndOneWhoseHolderLivesIsNot() throws Exception {
        Pulumi pulumi = pulumi("right passphrase");
        pulumi.initStack();
        Path locks = Files.createDirectories(folder.resolve("state/.pulumi/locks/organization/foundation/foundation"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        String host = java.net.InetAddress.getLocalHost().getHostName();
        String lock = "{\"pid\":%d,\"username\":\"root\",\"hostname\":\"" + host + "\",\"timestamp\":\"%s\"}";
        Path file = locks.resolve("x.json");
        Files.writeString(file, lock.formatted(ProcessHandle.current().pid(), java.time.Instant.now()));
        assertThat(pulumi.freeOfTheDead()).isEmpty();
        assertThatThrownBy(() -> pulumi.up(false)).hasMessageContaining("locked by a run of");

        Files.writeString(file, lock.formatted(gone.pid(), java.time.Instant.now()));
        assertThat(pulumi.freeOfTheDead()).contains(List.of());
        assertThat(file).doesNotExist();
        // It goes on to the program, which this repository does not have.
        assertThatThrownBy(() -> pulumi.up(false)).hasMessageNotContaining("locked");
    }

    @Test
    void whatARunThatWasKilledLeftEmptyBesideTheStateDoesNotStopTheNextOne() throws Exception {
        Pulumi pulumi = pulumi("right passphrase");
        pulumi.initStack();
        Path sidecar = folder.resolve("state/.pulumi/stacks/foundation/foundation.json.attrs");
        assertThat(sidecar).isNotEmptyFile();
        Files.write(sidecar, new byte[0]);

        assertThat(pulumi.stackExists()).isTrue();
        assertThat(sidecar).doesNotExist();
        Files.write(sidecar, new byte[0]);
        assertThat(pulumi.export().path("deployment").isObject()).isTrue();
        Files.write(sidecar, new byte[0]);
        pulumi.setSecret("blobNameKey", Secret.of("hunter2"));
    }

    @Test
    void whatAKilledRunWasMakingIsNamedUnlessALaterOneHasMadeIt() throws Exception {
        Pulumi pulumi = pulumi("right passphrase");
        pulumi.initStack();
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        String container = "{\"urn\": \"urn:pulumi:foundation::foundation::docker:index/container:Container::%1$s\","
                + " \"custom\": true, \"id\": \"%1$s\", \"type\": \"docker:index/container:Container\", \"inputs\": {\"name\": \"%1$s\"}}";
        String operation = "{\"type\": \"%s\", \"resource\": " + container.replace("%1$s", "%2$s") + "}";
        Path state = folder.resolve("state/.pulumi/stacks/foundation/foundation.json");
        var checkpoint = json.readTree(state.toFile());
        var latest =
                ((com.fasterxml.jackson.databind.node.ObjectNode) checkpoint.path("checkpoint")).putObject("latest");
        latest.putObject("manifest")
                .put("time", "2026-11-21T10:00:00Z")
                .put("magic", "")
                .put("version", "");
        latest.set("resources", json.readTree("[" + container.formatted("made") + "]"));
        latest.set(
                "pending_operations",
                json.readTree("[" + operation.formatted("creating", "made") + ","
                        + operation.formatted("creating", "left") + "," + operation.formatted("deleting", "gone")
                        + "]"));
        Files.write(state, json.writeValueAsBytes(checkpoint));
        assertThat(pulumi.freeOfTheDead()).as("what is left without a lock").isPresent();
        Path locks = Files.createDirectories(folder.resolve("state/.pulumi/locks/organization/foundation/foundation"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(
                locks.resolve("x.json"),
                "{\"pid\":%d,\"username\":\"root\",\"hostname\":\"%s\",\"timestamp\":\"%s\"}"
                        .formatted(
                                gone.pid(),
                                java.net.InetAddress.getLocalHost().getHostName(),
                                java.time.Instant.now()));
        assertThat(pulumi.freeOfTheDead())
                .contains(List.of(new Pulumi.Unfinished("docker:index/container:Container", "left")));
        pulumi.settle();
        assertThat(pulumi.freeOfTheDead()).as("settled").isEmpty();
        assertThat(json.readTree(state.toFile()).at("/checkpoint/latest/resources"))
                .as("what was made stays")
                .hasSize(1);
    }

    private Pulumi pulumi(String passphrase) throws Exception {
        return pulumi(passphrase, folder.resolve("state"));
    }

    private Pulumi pulumi(String passphrase, Path state) throws Exception {
        var file = new PassphraseFile(folder.resolve(passphrase.replace(' ', '-')), repository);
        if (!file.exists()) {
            file.create(Secret.of(passphrase));
        }
        var setting = new PulumiSetting(
                cli,
                Map.of("PULUMI_HOME", folder.resolve("home").toString()),
                repository,
                "file://" + state,
                new PassphraseSource.File(file));
        return new Pulumi(setting, Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()), System.err);
    }

    private Path file() {
        return repository.resolve("Pulumi.foundation.yaml");
    }

    private long comments() throws Exception {
        return Files.readAllLines(file()).stream()
                .filter(line -> line.contains("#"))
                .count();
    }
}
