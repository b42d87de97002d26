package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foundation.pulumi.StackResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class CliTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/foundation/cli");

    @TempDir
    Path folder;

    private CliRun cli;

    @BeforeEach
    void makeRepository() throws IOException {
        cli = new CliRun(folder);
    }

    @Test
    void theFrontPageIsAsWritten() throws IOException {
        assertThat(cli.run("--help")).isZero();
        golden("help.txt", cli.out());
        assertThat(cli.run()).isZero();
        golden("help.txt", cli.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "status",
                "down",
                "destroy",
                "keys",
                "env",
                "backup",
                "points",
                "show",
                "verify",
                "extract",
                "replicate",
                "hold",
                "release",
                "accept",
                "prune",
                "recover",
                "drill",
                "restore",
                "before-apply",
                "kit"
            })
    void eachCommandsHelpIsAsWritten(String command) throws IOException {
        assertThat(cli.run(command, "--help")).isZero();
        golden("help-" + command + ".txt", cli.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "verify"})
    void theKitsHelpIsAsWritten(String command) throws IOException {
        assertThat(cli.run("kit", command, "--help")).isZero();
        golden("help-kit-" + command + ".txt", cli.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"save", "rotate"})
    void theKeysHelpIsAsWritten(String command) throws IOException {
        assertThat(cli.run("keys", command, "--help")).isZero();
        golden("help-keys-" + command + ".txt", cli.out());
    }

    @Test
    void aMistypedCommandGivesTheLikelyOneAndExitCode2() {
        assertThat(cli.run("statsu")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(cli.err()).contains("statsu").contains("Did you mean: foundation status");
        assertThat(cli.run("up", "--jes")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(cli.err()).contains("--jes");
        assertThat(cli.run("keys")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(cli.err()).contains("keys wants a command: save or rotate").contains("Try: foundation keys --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "status"})
    void badValuesAreAllToldBeforeAnythingIsTouched(String command) throws IOException {
        cli.with("foundation:site: moon\nfoundation:vault: {port: 0}\n");

        assertThat(cli.run(command)).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(cli.err())
                .contains("nothing was touched")
                .contains("foundation:site is \"moon\"")
                .contains("foundation:vault.port is \"0\"");
        assertThat(cli.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "destroy"})
    void aFoundationThatIsNotSetUpIsNotTouched(String command) {
        assertThat(cli.run(command, "--confirm", "foundation")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("run `./foundation up` first");
        assertThat(cli.asked).isEmpty();
    }

    @Test
    void downNamesHostAndStackAndIsRefusedWhenNoOneIsThereToAgree() throws IOException {
        cli.setUp();

        assertThat(cli.run("down")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err())
                .contains("on host " + Workspace.host())
                .contains("stack foundation in file://")
                .contains("7d3c1c5e-6f0a-4f5e-9b1a-2f9f7a1b2c3d")
                .contains("Pass --confirm foundation")
                .contains("Nothing was touched.");
        assertThat(cli.run("down", "--confirm", "fundation")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("--confirm says \"fundation\"");
        assertThat(cli.asked).isEmpty();
        assertThat(Files.readString(cli.file())).doesNotContain("running: false");
    }

    @Test
    void downAtATerminalWantsTheNameTyped() throws IOException {
        cli.setUp();
        cli.interactive = true;
        cli.typed = "yes\n";

        assertThat(cli.run("down")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("Type foundation to go on").contains("is not \"foundation\"");
        assertThat(cli.asked).isEmpty();

        cli.typed = "foundation\n";
        assertThat(cli.run("down")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.asked).containsExactly("docker", "tools");
        assertThat(cli.err()).contains("the Pulumi CLI at /nonexistent/pulumi cannot be started");
    }

    @Test
    void aWeakPassphraseIsRefusedBeforeAnythingIsTouched() {
        cli.environment.put("PULUMI_CONFIG_PASSPHRASE", "sunflower1");

        assertThat(cli.run("up")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err())
                .contains("PULUMI_CONFIG_PASSPHRASE: the passphrase is too easy to guess")
                .doesNotContain("sunflower1");
        assertThat(cli.asked).isEmpty();
    }

    @Test
    void anEncryptedFileWithoutItsPassphraseSaysWhereToPutIt() throws IOException {
        Files.writeString(cli.file(), Files.readString(cli.file()) + "encryptionsalt: v1:x\n");

        assertThat(cli.run("up")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("foundation.passphrase is not there: put the passphrase into it");
        assertThat(cli.asked).isEmpty();
    }

    @Test
    void takenPortsAreAllToldBeforeAnyPartIsBuilt() throws Exception {
        try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            cli.with("foundation:vault: {port: %d}\nfoundation:postgres: {port: %d}\n"
                    .formatted(one.getLocalPort(), two.getLocalPort()));

            assertThat(cli.run("up")).isEqualTo(ExitCodes.FAILED);
            assertThat(cli.err())
                    .contains("port " + one.getLocalPort() + " on 127.0.0.1 cannot be bound")
                    .contains("foundation:vault.port")
                    .contains("foundation:postgres.port")
                    .contains("another process");
            assertThat(cli.asked).containsExactly("docker");
        }
    }

    @Test
    void statusWithoutDockerCouldNotVerify() throws IOException {
        cli.docker("exit 1", "Cannot connect to the Docker daemon at unix:///var/run/docker.sock");

        assertThat(cli.run("status")).as(cli.err()).isEqualTo(ExitCodes.NOT_VERIFIED);
        assertThat(cli.err()).contains("Docker does not answer").contains("systemctl start docker");
    }

    @Test
    void statusBeforeTheFirstUpSaysWhatIsMissingAndWhyNothingIsRecoverable() throws Exception {
        assertThat(cli.run("status")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.out())
                .contains("vault     missing")
                .contains("there is no container: run `./foundation up`")
                .contains("NOT RECOVERABLE, because:")
                .contains("foundation:vaultUnsealKeys is not in Pulumi.foundation.yaml: run `./foundation keys save`")
                .contains("is in no git repository")
                .contains("whether a copy lies off-site could not be asked: the backup agent does not run")
                .contains("`kit verify` has never passed");
    }

    @Test
    void statusAsJsonHoldsTheSame() throws Exception {
        cli.setUp().with("foundation:running: false");

        assertThat(cli.run("status", "--json")).isZero();
        var json = new ObjectMapper().readTree(cli.out());
        assertThat(json.path("instance").asText()).isEqualTo("foundation");
        assertThat(json.path("site").asText()).isEqualTo("sealed");
        assertThat(json.path("s3Engine").asText()).isEqualTo("versitygw");
        assertThat(json.path("running").asBoolean(true)).isFalse();
        assertThat(json.path("services")).hasSize(8);
        assertThat(json.path("services").get(5).path("state").asText()).isEqualTo("off");
        assertThat(json.path("services").get(5).path("reason").asText()).contains("sealed site");
        assertThat(json.path("recoverable").asBoolean(true)).isFalse();
        assertThat(json.path("notRecoverable")).hasSizeGreaterThan(2);
    }

    @Test
    void thePlanOfDestroyNamesWhatHoldsDataAndCountsTheRest() {
        var plan = DestroyCommand.plan(List.of(
                resource("foundation:stack:Vault", "", false),
                resource("docker:index/volume:Volume", "foundation-postgres-data", true),
                resource("foundation:index:S3Bucket", "forgejo-lfs", true),
                resource("foundation:index:VaultInit", "vault", true),
                resource("aws:s3/bucketV2:BucketV2", "acme-backups", true),
                resource("aws:s3/bucketVersioningV2:BucketVersioningV2", "acme-backups", true),
                resource("docker:index/remoteImage:RemoteImage", "sha256:1", true),
                resource("docker:index/container:Container", "1", true),
                resource("docker:index/container:Container", "2", true)));

        assertThat(plan)
                .containsExactly(
                        "This deletes, and no command brings it back without a backup:",
                        "volume foundation-postgres-data, with everything in it",
                        "bucket forgejo-lfs, with every object and version in it",
                        "Vault's initialisation, root token, and every secret in Vault",
                        "and 2 x Container",
                        "Kept: the off-site bucket acme-backups with all backups; the state forgets it.",
                        "Kept: Pulumi.foundation.yaml with its keys, the passphrase, images and tools.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vault:kv/secretV2:SecretV2",
                "foundation:index:S3Bucket",
                "foundation:index:VolumeFiles",
                "pulumi:providers:vault",
                "aws:s3/bucketV2:BucketV2"
            })
    void whatLiesInsideTheServicesOrElsewhereIsForgotten(String type) {
        assertThat(DestroyCommand.forgotten(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker:index/volume:Volume",
                "docker:index/container:Container",
                "pulumi:providers:docker",
                "pulumi:pulumi:Stack",
                "foundation:stack:Vault"
            })
    void whatDockerHoldsIsNot(String type) {
        assertThat(DestroyCommand.forgotten(type)).isFalse();
    }

    private static StackResource resource(String type, String id, boolean custom) {
        return new StackResource(type, "name", id, custom, false, Map.of());
    }

    @Test
    void envReadsTheInstanceAndTheSiteFromTheFile() throws IOException {
        cli.setUp();
        cli.tools = new Preparation.Toolset(Path.of("/tools/pulumi"), Map.of("PULUMI_HOME", "/tools/home"));

        assertThat(cli.run("env")).as(cli.err()).isZero();
        assertThat(cli.asked).containsExactly("tools");
        assertThat(cli.out().lines())
                .contains(
                        "export PULUMI_HOME='/tools/home'",
                        "export PULUMI_BACKEND_URL='file://" + folder.resolve("state") + "'",
                        "export PULUMI_CONFIG_PASSPHRASE_FILE='" + folder.resolve("config/foundation.passphrase")
                                + "'");
    }

    @Test
    void envTakesTheEnvironmentsWordAndThenTheFiles() throws IOException {
        cli.setUp().with("foundation:stateBackend: s3://acme-state?region=eu-central-1");
        cli.environment.put("FOUNDATION_PASSPHRASE_FILE", "/elsewhere/passphrase");

        cli.run("env");
        assertThat(cli.out())
                .contains("export PULUMI_BACKEND_URL='s3://acme-state?region=eu-central-1'")
                .contains("export PULUMI_CONFIG_PASSPHRASE_FILE='/elsewhere/passphrase'");

        cli.environment.put("PULUMI_BACKEND_URL", "file:///given");
        cli.environment.put("PULUMI_CONFIG_PASSPHRASE", "never printed");
        cli.run("env");
        assertThat(cli.out())
                .contains("export PULUMI_BACKEND_URL='file:///given'")
                .doesNotContain("PASSPHRASE");
    }

    @Test
    void aStateBackendWithAPasswordInItIsRefused() throws IOException {
        cli.setUp().with("foundation:stateBackend: https://user:hunter2@state.example");

        assertThat(cli.run("env")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(cli.err()).contains("foundation:stateBackend");
    }

    /** Compares with the file; {@code -Dgolden.write=true} writes it anew, to be looked at before it is committed. */
    private static void golden(String name, String actual) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
