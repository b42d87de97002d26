package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foundation.artifact.pulumistate.PulumiState;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.recover.ScratchVault;
import dev.foundation.secret.PassphraseFile;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.store.local.LocalStore;
import dev.foundation.testing.PointFixture;
import dev.foundation.testing.SmallDisk;
import dev.foundation.testing.Tools;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command with the real Pulumi CLI and real points; the program is tiny, Docker answers that it has nothing, and Vault is played. */
@Timeout(600)
final class RecoverCommandIT {
    private static final List<String> KEYS = List.of("key-one", "key-two", "key-three");

    @TempDir
    Path folder;

    private CliRun cli;
    private PointFixture fixture;
    private SignedSeal point;
    private String configuration = "";
    private List<String> right = KEYS;

    /** Answers as a Vault of three keys of which two unseal. */
    private final class Played implements ScratchVault {
        private boolean restored;
        private boolean initialised;
        private int given;
        private boolean sealed = true;

        @Override
        public Finished vault(List<String> args, Input stdin, Duration limit) throws IOException {
            var input = new ByteArrayOutputStream();
            stdin.writeTo(input);
            return switch (args.getFirst() + " " + args.get(1)) {
                case "status -format=json" ->
                    answer(
                            sealed ? 2 : 0,
                            "{\"initialized\":%s,\"sealed\":%s,\"t\":%d,\"n\":%d,\"progress\":%d}"
                                    .formatted(initialised, sealed, restored ? 2 : 1, restored ? 3 : 1, given));
                case "operator init" -> {
                    initialised = true;
                    yield answer(0, "{\"unseal_keys_b64\":[\"throw-away\"],\"root_token\":\"t\"}");
                }
                case "operator raft" -> {
                    assertThat(input.size()).isPositive();
                    restored = true;
                    sealed = true;
                    yield answer(0, "");
                }
                case "write sys/unseal" -> {
                    String key = new ObjectMapper()
                            .readTree(input.toByteArray())
                            .path("key")
                            .asText();
                    given += restored && right.contains(key) ? 1 : 0;
                    if (given == 2 || !restored) {
                        sealed = false;
                        given = 0;
                    }
                    yield answer(0, "");
                }
                default -> answer(0, "");
            };
        }

        @Override
        public void restart() {
            sealed = true;
            given = 0;
        }

        @Override
        public void close() {}

        private static Finished answer(int exit, String text) {
            return new Finished(exit, text.getBytes(StandardCharsets.UTF_8), "");
        }
    }

    @BeforeEach
    void loseAMachine() throws Exception {
        Path pulumi = Tools.need("pulumi");
        Path host = Tools.need("pulumi-language-java");
        cli = new CliRun(folder);
        cli.docker("exit 0", "");
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + pulumi.getParent() + ":"
                + host.getParent() + ":" + cli.environment.get("PATH");
        cli.tools = new Preparation.Toolset(
                pulumi,
                Map.of("PATH", path, "PULUMI_HOME", folder.resolve("home").toString()));
        Files.writeString(
                cli.repository.resolve("Pulumi.yaml"),
                "name: foundation\nruntime: {name: java, options: {binary: tiny.jar}}\n");
        Files.copy(Path.of("VERSIONS"), cli.repository.resolve("VERSIONS"));
        jar(cli.repository.resolve("tiny.jar"));
        new PassphraseFile(folder.resolve("config/foundation.passphrase"), cli.repository)
                .create(Secret.of("ten random words that nobody would ever guess at all"));
        var store = new LocalStore("off-site", Files.createDirectory(folder.resolve("points")));
        fixture = new PointFixture(folder, List.of(store));
        cli.with("""
                foundation:instanceId: %s
                foundation:site: sealed
                foundation:s3: {engine: versitygw}
                foundation:forgejo: {product: gitea}
                foundation:backup: {enabled: false}
                foundation:sealPublicKey: %s
                """.formatted(
                fixture.trust().instance(), fixture.trust().publicLines().getFirst()));

        cli.environment.put("PULUMI_BACKEND_URL", "file://" + folder.resolve("lost"));
        Workspace lost = cli.workspace();
        Pulumi stack = lost.pulumi(lost.draft(), Site.SEALED);
        stack.initStack();
        stack.setSecret("backupAgeIdentity", fixture.age().identity());
        stack.setSecret(
                "vaultUnsealKeys", Secret.of(UnsealKeys.none().with(KEYS).json()));
        stack.up(false);
        byte[] state = new PulumiState(folder.resolve("lost"), "foundation", "foundation")
                .content()
                .readAllBytes();
        cli.environment.remove("PULUMI_BACKEND_URL");
        configuration = Files.readString(cli.file());
        fixture.spoil(artifact -> switch (artifact.name()) {
            case Names.PULUMI_STATE -> PointFixture.withContent(artifact, state);
            case Names.CONFIGURATION ->
                PointFixture.withContent(artifact, configuration.getBytes(StandardCharsets.UTF_8));
            default -> artifact;
        });
        fixture.buckets().put("media", "a", "content");
        point = fixture.take();
    }

    private int recover(String... arguments) {
        Workspace workspace = cli.workspace();
        var command = new CommandLine(new RecoverCommand(workspace, spec -> new Played(), Clock.systemUTC()));
        command.setExecutionExceptionHandler(new ErrorMessages(workspace.terminal(), true));
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--from";
        all[arguments.length + 1] = folder.resolve("points").toString();
        return command.execute(all);
    }

    private Path recovery() {
        return folder.resolve("state-of/foundation/recovery");
    }

    @Test
    void theWholeWayFromAPlanToAFoundationOfItsOwnName() throws Exception {
        String id = point.seal().point().toString();
        assertThat(recover("--plan")).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("point " + id + ", sequence 1, epoch 1")
                .contains("only listed")
                .contains("not known yet")
                .contains("Overwritten on this machine: nothing");
        assertThat(recovery()).doesNotExist();
        assertThat(cli.repository.resolve("Pulumi.dr.yaml")).doesNotExist();
        assertThat(Files.readString(cli.file())).isEqualTo(configuration);

        assertThat(recover()).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("Pass --confirm foundation").contains(id).contains("every byte of it was read");
        assertThat(recovery()).doesNotExist();

        right = List.of("another", "and-another", "a-third");
        assertThat(recover("--confirm", "foundation")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("do not open the Vault in " + id).contains("generation 1 (3 keys)");
        assertThat(cli.repository.resolve("Pulumi.dr.yaml")).doesNotExist();
        right = KEYS;

        assertThat(recover("--prepare")).as(cli.err()).isZero();
        assertThat(cli.err()).contains("goes on with " + id);
        assertThat(cli.out()).contains("pulumi up --stack dr");
        assertThat(Files.readString(cli.repository.resolve("Pulumi.dr.yaml")))
                .contains(id)
                .contains(recovery().toString());

        assertThat(recover()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("is recovered");
        assertThat(cli.repository.resolve("Pulumi.dr.yaml")).doesNotExist();
        assertThat(Files.readString(cli.file()))
                .contains("point: " + id)
                .contains("epoch")
                .contains("secure:");
        var evidence = new ObjectMapper()
                .readTree(recovery().resolve("evidence-" + id + ".json").toFile());
        assertThat(evidence.path("epoch").asInt()).isEqualTo(2);
        assertThat(evidence.path("steps").has("UP")).isTrue();
        assertThat(cli.err() + cli.out()).doesNotContain("AGE-SECRET-KEY").doesNotContain("key-one");

        Files.writeString(cli.file(), configuration); // somebody who checks the old file out again
        assertThat(recover("--confirm", "foundation")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("knows the foundation");
    }

    @Test
    void aPointFromBeforeEveryKeyAndThePassphraseWereRotatedIsRecovered() throws Exception {
        cli.environment.put("PULUMI_BACKEND_URL", "file://" + folder.resolve("lost"));
        Workspace lost = cli.workspace();
        Pulumi stack = lost.pulumi(lost.draft(), Site.SEALED);
        stack.set("backupAgeRecipient", fixture.age().recipient());
        stack.setSecret("sealSigningKey", fixture.sealKey().privateKey());
        UnsealKeys rotated = UnsealKeys.none().with(KEYS).with(List.of("key-four", "key-five", "key-six"));
        stack.setSecret("vaultUnsealKeys", Secret.of(rotated.json()));
        for (String key : List.of("identity", "seal", "passphrase")) {
            assertThat(cli.run("keys", "rotate", key)).as(cli.err()).isZero();
        }
        cli.environment.remove("PULUMI_BACKEND_URL");

        assertThat(recover("--confirm", "foundation")).as(cli.err()).isZero();
        assertThat(cli.err())
                .contains("was under an earlier passphrase")
                .contains("3 of 3 unseal keys (generation 1)")
                .contains("keys in Pulumi.foundation.yaml are the current ones");
        assertThat(cli.out()).contains("is recovered");
        Workspace again = cli.workspace();
        // Those that open the point's Vault are the current ones; the later ones stay, for later points.
        assertThat(again.pulumi(again.draft(), Site.SEALED)
                        .config("vaultUnsealKeys")
                        .expose())
                .isEqualTo(rotated.with(KEYS).json());
        assertThat(again.pulumi(again.draft(), Site.SEALED).outputs().expose().size())
                .isPositive();
    }

    @Test
    void aDiskWithoutRoomIsNamedBeforeAnythingIsTouchedAndTheSameCommandGoesOnOnceThereIs() throws Exception {
        Path small = Files.createDirectories(folder.resolve("state-of/foundation"));
        try (var disk = SmallDisk.mount(small, "2m")) {
            assertThat(recover("--confirm", "foundation")).isEqualTo(ExitCodes.FAILED);
            assertThat(cli.err()).contains("MiB free").contains("make room").contains(small.toString());
            assertThat(cli.repository.resolve("Pulumi.dr.yaml")).doesNotExist();
            assertThat(Files.readString(cli.file())).isEqualTo(configuration);

            disk.grow("512m");
            assertThat(recover("--confirm", "foundation")).as(cli.err()).isZero();
            assertThat(cli.out()).contains("is recovered");
        }
    }

    @Test
    void withoutTheConfigurationTheSheetsKeyAndAPointGiveItBack() throws Exception {
        Files.delete(cli.file());
        assertThat(recover("--plan")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("--seal-key");
        String other = new PointFixture(folder.resolve("x"), List.of(new LocalStore("x", folder)))
                .trust()
                .publicLines()
                .getFirst();
        assertThat(recover("--plan", "--seal-key", other)).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("is signed by this key");
        assertThat(cli.file()).doesNotExist();

        assertThat(recover("--plan", "--seal-key", fixture.trust().publicLines().getFirst()))
                .as(cli.err())
                .isZero();
        assertThat(Files.readString(cli.file())).isEqualTo(configuration);
        assertThat(cli.out()).contains("point " + point.seal().point());
    }

    /** A jar that only points to this test's class path. */
    private static void jar(Path file) throws Exception {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TinyProgram.class.getName());
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(path.split(File.pathSeparator))
                                .map(entry ->
                                        Path.of(entry).toAbsolutePath().toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.finish();
        }
    }
}
