package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeSealer;
import dev.foundation.artifact.postgres.ClientPrograms;
import dev.foundation.artifact.postgres.PostgresDump;
import dev.foundation.cli.BeforeApplyCommand.Service;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.stream.ParallelGzip;
import dev.foundation.testing.PostgresServer;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.Tools;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.InitialKeys;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultHealth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that {@code before-apply} prints, over servers that are in use. */
@Timeout(240)
final class BeforeApplyRestoreIT {
    @TempDir
    Path folder;

    private static String run(Map<String, String> environment, String input, String... command) throws Exception {
        var builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void theDatabaseIsAgainAsItWas() throws Exception {
        PostgresServer.openTo(folder);
        AgeIdentity identity = AgeIdentity.generate();
        try (PostgresServer server = PostgresServer.start(Files.createDirectories(folder.resolve("postgres")))) {
            Map<String, String> access = Map.of(
                    "PGHOST", server.root().host(),
                    "PGPORT", String.valueOf(server.root().port()),
                    "PGPASSWORD", server.root().password(),
                    "POSTGRES_USER", server.root().user(),
                    "PGUSER", server.root().user());
            run(
                    access,
                    "create role forgejo login; create database \"for gejo\" owner forgejo;",
                    "psql",
                    "-qAt",
                    "-d",
                    "postgres");
            run(access, """
                    create table t(a text); insert into t values ('CREATE DATABASE postgres WITH'), ('CREATE ROLE x;'), ('\\connect y');
                    """, "psql", "-qAt", "-d", "for gejo");
            Path file = folder.resolve("it's.sql.gz.age");
            try (var dump = new PostgresDump(
                            server.root(),
                            ClientPrograms.in(Path.of("/usr/lib/postgresql/15/bin")),
                            script -> ParallelGzip.compress(script, 2));
                    var sealed = AgeSealer.seal(dump.content(), List.of(identity.recipient()), 2)) {
                Files.copy(sealed, file);
            }
            run(access, "drop table t; create table risky(a int);", "psql", "-qAt", "-d", "for gejo");

            Path docker = Files.createDirectory(folder.resolve("bin")).resolve("docker");
            Files.writeString(docker, "#!/bin/sh\nshift 3\nexec \"$@\"\n");
            Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
            var environment = new HashMap<>(access);
            environment.put(
                    "IDENTITY",
                    Files.writeString(
                                    folder.resolve("identity"),
                                    identity.identity().expose() + "\n")
                            .toString());
            environment.put("PATH", docker.getParent() + ":" + System.getenv("PATH"));
            String command = BeforeApplyRestore.command(
                    Service.postgres,
                    new CliRun(Files.createDirectory(folder.resolve("cli")))
                            .setUp()
                            .workspace()
                            .draft()
                            .provisional(),
                    file);
            String _ = run(environment, command + "\n", "bash", "-es");

            assertThat(run(
                            access,
                            "select count(*), to_regclass('risky') is null from t",
                            "psql",
                            "-qAt",
                            "-d",
                            "for gejo"))
                    .isEqualTo("3|t\n");
        }
    }

    /** The printed command over what this tar or snapshot was taken from, in a folder of the test. */
    private String restore(Service service, FoundationSpec spec, Path plain, Map<String, String> more)
            throws Exception {
        AgeIdentity identity = AgeIdentity.generate();
        Path file = folder.resolve(service + ".age");
        try (var sealed = AgeSealer.seal(Files.newInputStream(plain), List.of(identity.recipient()), 2)) {
            Files.copy(sealed, file);
        }
        var environment = new HashMap<>(more);
        environment.put(
                "IDENTITY",
                Files.writeString(
                                folder.resolve("identity"), identity.identity().expose() + "\n")
                        .toString());
        String command = "cd " + folder + "; " + BeforeApplyRestore.command(service, spec, file);
        return run(environment, command + "\n", "bash", "-es");
    }

    private FoundationSpec spec(int s3Port) throws Exception {
        CliRun cli = new CliRun(Files.createDirectories(folder.resolve("cli"))).setUp();
        Files.writeString(
                cli.file(),
                Files.readString(cli.file()).replace("engine: versitygw", "engine: versitygw, port: " + s3Port));
        return cli.workspace().draft().provisional();
    }

    @Test
    void vaultIsAgainAsItWas() throws Exception {
        try (VaultServer server = VaultServer.start(Files.createDirectories(folder.resolve("vault")))) {
            var anonymous = new VaultClient(server.address(), () -> "");
            InitialKeys keys = null;
            for (int i = 0; keys == null; i++) {
                try {
                    keys = anonymous.seal().initialise(1, 1);
                } catch (IOException e) {
                    assertThat(i).as("tries to initialise Vault").isLessThan(300);
                    Thread.sleep(100);
                }
            }
            String token = keys.rootToken();
            anonymous.seal().unseal(keys.unsealKeys());
            for (int i = 0; i < 300 && anonymous.seal().health().state() != VaultHealth.State.ACTIVE; i++) {
                Thread.sleep(100);
            }
            VaultClient root = anonymous.withToken(() -> token);
            root.write("sys/mounts/kept", Map.of("type", "kv"));
            root.write("kept/one", Map.of("word", "as it was"));
            Path plain = folder.resolve("plain");
            Map<String, String> access = Map.of(
                    "VAULT_ADDR",
                    server.address().toString(),
                    "VAULT_TOKEN",
                    token,
                    "PATH",
                    Tools.need("vault").getParent() + ":" + System.getenv("PATH"));
            run(access, "", Tools.need("vault").toString(), "operator", "raft", "snapshot", "save", plain.toString());
            root.write("kept/one", Map.of("word", "risky"));

            restore(Service.vault, spec(9000), plain, access);

            assertThat(root.read("kept/one").orElseThrow().toString()).contains("as it was");
        }
    }

    @Test
    void anObjectOfTheSameSizeThatWasWrittenSinceIsAgainAsItWas() throws Exception {
        Tools.need("aws");
        try (S3Server server = S3Server.start(S3Engine.VERSITYGW, Files.createDirectories(folder.resolve("s3")));
                var buckets = new S3Buckets(server.root())) {
            buckets.create("one", false);
            Path plain = folder.resolve("plain");
            Files.createDirectories(folder.resolve("in/one/a b"));
            Files.writeString(folder.resolve("in/one/a b/c"), "before");
            run(
                    Map.of(),
                    "",
                    "sh",
                    "-c",
                    "touch -d 2020-01-01 '" + folder + "/in/one/a b/c' && tar c -C " + folder + "/in . | zstd > "
                            + plain);
            Map<String, String> access = Map.of(
                    "AWS_ACCESS_KEY_ID", server.root().accessKey(),
                    "AWS_SECRET_ACCESS_KEY", server.root().secretKey(),
                    "AWS_DEFAULT_REGION", "us-east-1");
            String endpoint = server.root().endpoint().toString();
            run(access, "after!", "aws", "--endpoint-url", endpoint, "s3", "cp", "-", "s3://one/a b/c");

            restore(Service.s3, spec(server.root().endpoint().getPort()), plain, access);

            assertThat(run(access, "", "aws", "--endpoint-url", endpoint, "s3", "cp", "s3://one/a b/c", "-"))
                    .isEqualTo("before");
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left.filter(each -> each.getFileName().toString().startsWith("s3-restore")))
                        .isEmpty();
            }
        }
    }

    @Test
    void forgejosVolumeIsAgainAsItWasAndWhatItReplacedStaysBeside() throws Exception {
        Path volume = Files.createDirectories(folder.resolve("volume/_data"));
        Files.writeString(volume.resolve("ref"), "before");
        Path plain = folder.resolve("plain");
        run(Map.of(), "", "sh", "-c", "tar c -C " + volume + " . | zstd > " + plain);
        Files.writeString(volume.resolve("ref"), "after!");
        Files.writeString(volume.resolve("new-ref"), "risky");
        Path docker = Files.createDirectory(folder.resolve("bin")).resolve("docker");
        Files.writeString(
                docker, "#!/bin/sh\necho \"$@\" >> " + folder + "/calls\n[ $1 != volume ] || echo " + volume + "\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));

        restore(Service.forgejo, spec(9000), plain, Map.of("PATH", docker.getParent() + ":" + System.getenv("PATH")));

        assertThat(volume.resolve("ref")).hasContent("before");
        assertThat(volume.resolve("new-ref")).doesNotExist();
        try (Stream<Path> beside = Files.list(folder.resolve("volume"))) {
            assertThat(beside)
                    .hasSize(2)
                    .anySatisfy(each -> assertThat(each.resolve("new-ref")).hasContent("risky"));
        }
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .satisfiesExactly(
                        each -> assertThat(each).endsWith("foundation-forgejo-data"),
                        each -> assertThat(each).isEqualTo("stop foundation-forgejo"),
                        each -> assertThat(each).isEqualTo("start foundation-forgejo"));
    }
}
