package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.TestTool;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.spec.Configuration;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecParser;
import dev.foundation.testing.Tools;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's whole way against the real Pulumi CLI and language host, with a tiny program and without containers. */
@Timeout(300)
final class UpIT {
    @TempDir
    Path folder;

    private CliRun cli;

    @BeforeEach
    void makeProject() throws Exception {
        Path pulumi = Tools.need("pulumi");
        Path host = Tools.need("pulumi-language-java");
        cli = new CliRun(folder);
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + pulumi.getParent() + ":"
                + host.getParent() + ":" + cli.environment.get("PATH");
        cli.tools = new Preparation.Toolset(
                pulumi,
                Map.of("PATH", path, "PULUMI_HOME", folder.resolve("home").toString()));
        Files.writeString(
                cli.repository.resolve("Pulumi.yaml"),
                "name: foundation\nruntime: {name: java, options: {binary: tiny.jar}}\n");
        jar(cli.repository.resolve("tiny.jar"));
        cli.with("foundation:vault: {port: %d}\nfoundation:postgres: {port: %d}\nfoundation:forgejo: {enabled: false}\n"
                .formatted(freePort(), freePort()));
        cli.with("foundation:s3: {port: %d}\n".formatted(freePort()));
    }

    @Test
    void theFirstUpSetsEverythingUpAndTheSecondChangesNothing() throws Exception {
        // 1: there are no containers, so the status at the end is not fine.
        assertThat(cli.run("up")).as(cli.err()).isEqualTo(ExitCodes.FAILED);

        Path passphrase = folder.resolve("config/foundation.passphrase");
        assertThat(cli.asked).containsExactly("docker", "site", "tools", "engine", "images");
        assertThat(cli.out())
                .contains("A passphrase was made")
                .contains(passphrase.toString())
                .doesNotContain(Files.readString(passphrase).strip())
                .contains("Saved 3 unseal keys (generation 1)")
                .contains("NOT RECOVERABLE")
                .contains("http://127.0.0.1:");
        assertThat(cli.err()).contains("site: sealed").contains("s3: versitygw");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passphrase)))
                .isEqualTo("rw-------");
        String file = Files.readString(cli.file());
        assertThat(file)
                .doesNotContain("AGE-SECRET-KEY")
                .doesNotContain("OPENSSH")
                .doesNotContain("key-one");
        FoundationSpec spec = SpecParser.settled(Configuration.ofStackFile(file));
        assertThat(spec.site()).isEqualTo(FoundationSpec.Site.SEALED);
        assertThat(Recoverability.keys(Configuration.ofStackFile(file), true, false))
                .isEmpty();

        cli.asked.clear();
        cli.run("up");
        assertThat(cli.asked).containsExactly("docker", "tools", "images");
        assertThat(cli.out()).contains("are the current ones").doesNotContain("A passphrase was made");
        assertThat(Files.readString(cli.file())).isEqualTo(file);

        theKeysWork(spec);
        downAndUpOnlySwitchesRunning();
        aLostStateIsRefused();
        aWrongPassphraseChangesNothing(passphrase);
    }

    private void theKeysWork(FoundationSpec spec) throws Exception {
        var pulumi = cli.workspace().pulumi(cli.workspace().draft(), spec.site());
        assertThat(UnsealKeys.parse(pulumi.config("vaultUnsealKeys").expose()).current())
                .containsExactly("key-one", "key-two", "key-three");
        TestTool keygen =
                TestTool.run(folder, pulumi.config("backupAgeIdentity").expose(), "age-keygen", "-y");
        assertThat(keygen.output().strip())
                .isEqualTo(spec.backup().ageRecipient().orElseThrow());
        Path key = folder.resolve("key");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, pulumi.config("sealSigningKey").expose());
        TestTool ssh = TestTool.run(folder, "", "ssh-keygen", "-y", "-f", key.toString());
        assertThat(Files.readString(cli.file()))
                .contains("foundation:sealPublicKey: " + ssh.output().strip());
    }

    private void downAndUpOnlySwitchesRunning() throws Exception {
        String before = Files.readString(cli.file());
        assertThat(cli.run("down", "--confirm", "foundation")).as(cli.err()).isZero();
        assertThat(Files.readString(cli.file())).contains("foundation:running: \"false\"");
        assertThat(cli.run("status")).isZero();
        assertThat(cli.out()).contains("(down: containers are removed, data is kept");
        cli.run("up");
        assertThat(Files.readString(cli.file())).isEqualTo(before);
    }

    private void aLostStateIsRefused() throws Exception {
        cli.environment.put("PULUMI_BACKEND_URL", "file://" + folder.resolve("empty-state"));
        assertThat(cli.run("up")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("must be recovered").contains("Nothing was touched");
        cli.environment.remove("PULUMI_BACKEND_URL");
    }

    private void aWrongPassphraseChangesNothing(Path passphrase) throws Exception {
        String right = Files.readString(passphrase);
        String file = Files.readString(cli.file());
        Files.writeString(passphrase, "another passphrase than the right one\n");
        assertThat(cli.run("up")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err())
                .contains("the passphrase in the file " + passphrase + " does not open Pulumi.foundation.yaml");
        assertThat(Files.readString(cli.file())).isEqualTo(file);
        Files.writeString(passphrase, right);
    }

    /** A jar that only points to this test's class path. */
    private static void jar(Path file) throws Exception {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TinyProgram.class.getName());
        String classPath = Stream.of(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
