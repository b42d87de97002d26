package dev.foundation.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.age.AgeIdentity;
import dev.foundation.artifact.forgejo.ForgejoVolume;
import dev.foundation.artifact.plainfile.PlainFile;
import dev.foundation.artifact.postgres.ClientPrograms;
import dev.foundation.artifact.postgres.PostgresDump;
import dev.foundation.artifact.vault.VaultSnapshot;
import dev.foundation.backup.BackupReport;
import dev.foundation.backup.BackupRun;
import dev.foundation.backup.History;
import dev.foundation.backup.Identity;
import dev.foundation.backup.Sources;
import dev.foundation.bundle.BlobNames;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.Trust;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.postgres.PostgresAccess;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.RandomKeys;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.store.s3.S3Store;
import dev.foundation.stream.ParallelGzip;
import dev.foundation.stream.ParallelZstd;
import dev.foundation.testing.FakeBuckets;
import dev.foundation.testing.PostgresServer;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.TinyPoints;
import dev.foundation.testing.Tools;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.InitialKeys;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultHealth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/recovery.md, as they stand there, with the real tools and without a line of this program: from a point of real servers at a real S3
 * store into other, empty servers.
 */
@Timeout(300)
final class RunBookIT {
    private static final String INSTANCE = "00000000-0000-4000-8000-000000000002";
    private static final String PASSPHRASE = "ten random words that nobody would ever think of here";
    private static final String BUCKET = "foundation-backups";

    @TempDir
    Path folder;

    private final AgeIdentity identity = AgeIdentity.generate();
    private final SealKey sealKey = SealKey.generate(new SecureRandom());

    private Path made(String name) throws IOException {
        PostgresServer.openTo(folder);
        return Files.createDirectories(folder.resolve(name));
    }

    private static void await(VaultClient client, VaultHealth.State state) throws Exception {
        for (int i = 0; i < 300; i++) {
            try {
                if (client.seal().health().state() == state) {
                    return;
                }
            } catch (IOException e) {
                // It is starting.
            }
            Thread.sleep(100);
        }
        throw new IOException("Vault does not become " + state);
    }

    private static String run(Map<String, String> environment, String input, String... command) throws Exception {
        var builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static String sql(PostgresAccess access, String database, String statements) throws Exception {
        return run(postgres(access), statements, "psql", "-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", database);
    }

    private static Map<String, String> postgres(PostgresAccess access) {
        return Map.of(
                "PGHOST", access.host(),
                "PGPORT", String.valueOf(access.port()),
                "PGUSER", access.user(),
                "PGPASSWORD", access.password());
    }

    /** The stack's file as the real CLI writes it. */
    private Path configuration(InitialKeys keys) throws Exception {
        Path project = made("project");
        Files.writeString(project.resolve("Pulumi.yaml"), "name: foundation\nruntime: java\n");
        Map<String, String> environment = Map.of(
                "PULUMI_BACKEND_URL",
                "file://" + project,
                "PULUMI_SKIP_UPDATE_CHECK",
                "true",
                "PULUMI_CONFIG_PASSPHRASE",
                PASSPHRASE);
        String pulumi = Tools.need("pulumi").toString();
        run(environment, "", pulumi, "-C", project.toString(), "stack", "init", "foundation");
        Map<String, String> secrets = Map.of(
                "vaultUnsealKeys",
                        UnsealKeys.none()
                                .with(List.of("an older one"))
                                .with(keys.unsealKeys())
                                .json(),
                "backupAgeIdentity", identity.identity().expose());
        for (var each : secrets.entrySet()) {
            run(
                    environment,
                    each.getValue() + "\n",
                    pulumi,
                    "-C",
                    project.toString(),
                    "config",
                    "set",
                    "--secret",
                    "foundation:" + each.getKey());
        }
        return project.resolve("Pulumi.foundation.yaml");
    }

    private void point(S3Server offSite, PostgresAccess postgres, VaultClient vault, Path configuration)
            throws Exception {
        Path volume = made("volume");
        Files.createDirectories(volume.resolve("git/repositories/a/b.git/refs"));
        Files.createDirectories(volume.resolve("git/repositories/a/b.git/objects"));
        Files.writeString(volume.resolve("git/repositories/a/b.git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(volume.resolve("app.ini"), "[security]\n");
        Path versions = Files.writeString(folder.resolve("VERSIONS"), "vault=1.19.0\n");
        var buckets = new FakeBuckets();
        buckets.put("forgejo-lfs", "a b/odd \"key\" $x", "content one");
        buckets.put("forgejo-lfs", "plain", "content two");
        var sources = new Sources(
                Optional.of(rows -> new Sources.Dump(
                        new PostgresDump(
                                postgres,
                                ClientPrograms.in(Path.of("/usr/lib/postgresql/15/bin")),
                                script -> ParallelGzip.compress(script, 2)),
                        Optional::empty)),
                List.of(() -> new VaultSnapshot(vault)),
                Optional.of(() -> new ForgejoVolume(volume, List.of(), tar -> ParallelZstd.compress(tar, 2))),
                List::of,
                Optional.of(buckets),
                buckets.buckets(),
                List.of(() -> PlainFile.configuration(configuration), () -> PlainFile.versions(versions)),
                Map.of(),
                List.of());
        var trust = new Trust(INSTANCE, 1, List.of(sealKey.publicLine()));
        var whose = new Identity(
                List.of(identity.recipient()),
                sealKey,
                new BlobNames(RandomKeys.blobNameKey(new SecureRandom())),
                trust,
                Map.of("backupAgeIdentity", 1, "sealSigningKey", 1, "blobNameKey", 1),
                Map.of("postgres", new Seal.Product("postgresql", "15.18")));
        try (var admin = new S3Buckets(offSite.root());
                var store = new S3Store("off-site", offSite.root(), BUCKET, true)) {
            admin.create(BUCKET, false);
            admin.setVersioning(BUCKET, true);
            BundleId id = new BundleId(Instant.parse("2026-11-21T03:00:00Z"));
            BackupReport report = new BackupRun(
                            whose, List.of(store), each -> SealCache.none(), sources, id::moment, 2, event -> {})
                    .run(id, new History(Known.nothing(), List.of(), folder.resolve("known-blobs")));
            assertThat(report.verdict()).as("%s", report.problems()).isIn(Verdict.COMPLETE, Verdict.SUSPICIOUS);
            // A newer one, by a stranger's key.
            new TinyPoints(1).take(new BundleId(Instant.parse("2026-11-22T03:00:00Z")), List.of(store), List.of(1));
        }
    }

    /** A command that ends this server and waits until it has been started anew: the file it makes is the request, its absence the answer. */
    private String restart(VaultServer server) throws IOException {
        Path request = folder.resolve("restart");
        Thread.ofVirtual().start(() -> {
            try {
                while (!Files.exists(request)) {
                    Thread.sleep(100);
                }
                server.restart();
                Files.delete(request);
            } catch (IOException | InterruptedException e) {
                System.err.println("Vault was not restarted: " + e);
            }
        });
        return "touch %1$s; while [ -e %1$s ]; do sleep 0.1; done".formatted(request);
    }

    @Test
    void aStrangerRebuildsItWithStandardToolsFromThePaperAlone() throws Exception {
        Tools.need("aws");
        try (PostgresServer oldPostgres = PostgresServer.start(made("old-postgres"));
                PostgresServer newPostgres = PostgresServer.start(made("new-postgres"));
                VaultServer oldVault = VaultServer.start(made("old-vault"));
                VaultServer newVault = VaultServer.start(made("new-vault"));
                S3Server offSite = S3Server.start(S3Engine.VERSITYGW, made("off-site"));
                S3Server newS3 = S3Server.start(S3Engine.VERSITYGW, made("new-s3"))) {
            sql(
                    oldPostgres.root(),
                    "postgres",
                    "create role forgejo login password 'old'; create database forgejo owner forgejo");
            sql(oldPostgres.root(), "forgejo", "create table repository as select generate_series(1, 1000) as id");
            var anonymous = new VaultClient(oldVault.address(), () -> "");
            await(anonymous, VaultHealth.State.UNINITIALISED);
            InitialKeys keys = anonymous.seal().initialise(5, 3);
            anonymous.seal().unseal(keys.unsealKeys().subList(0, 3));
            await(anonymous, VaultHealth.State.ACTIVE);
            VaultClient root = anonymous.withToken(keys::rootToken);
            root.write("sys/mounts/kept", Map.of("type", "kv"));
            root.write("kept/one", Map.of("word", "as it was"));
            point(offSite, oldPostgres.root(), root, configuration(keys));
            oldVault.stop();

            Path work = made("work");
            Path volume = made("new-volume");
            Map<String, String> environment = new HashMap<>(postgres(newPostgres.root()));
            environment.putAll(Map.of(
                    "WORK",
                    work.toString(),
                    "INSTANCE",
                    INSTANCE,
                    "SEAL_KEY",
                    sealKey.publicLine(),
                    "ENDPOINT",
                    offSite.root().endpoint().toString(),
                    "BUCKET",
                    BUCKET,
                    "REGION",
                    "us-east-1",
                    "STYLE",
                    "path"));
            environment.putAll(Map.of(
                    "PASSPHRASE", PASSPHRASE,
                    "IDENTITY", identity.identity().expose(),
                    "AWS_ACCESS_KEY_ID", offSite.root().accessKey(),
                    "AWS_SECRET_ACCESS_KEY", offSite.root().secretKey()));
            environment.putAll(Map.of(
                    "VAULT_ADDR", newVault.address().toString(),
                    "RESTART", restart(newVault),
                    "NEW_ENDPOINT", newS3.root().endpoint().toString(),
                    "NEW_KEY", newS3.root().accessKey(),
                    "NEW_SECRET", newS3.root().secretKey(),
                    "VOLUME", volume.toString(),
                    "PULUMI_SKIP_UPDATE_CHECK", "true"));
            environment.put(
                    "PATH",
                    Tools.need("vault").getParent() + ":" + Tools.need("pulumi").getParent() + ":"
                            + System.getenv("PATH"));
            String commands = RunBook.of(
                            Files.readString(Path.of("docs/recovery.md")).replaceFirst("(?s).*?\n## Run book\n", ""))
                    .parts()
                    .stream()
                    .filter(RunBook.Part::commands)
                    .map(RunBook.Part::text)
                    .collect(Collectors.joining("\n"));
            String output = run(environment, "set -euo pipefail\n" + commands + "\n", "bash", "-s");

            assertThat(output)
                    .contains("Good \"foundation-seal\" signature for seal")
                    .contains("1 1 20261121T030000Z")
                    .doesNotContain(PASSPHRASE, keys.unsealKeys().getFirst());
            assertThat(sql(newPostgres.root(), "forgejo", "select count(*), sum(id) from repository"))
                    .isEqualTo("1000|500500\n");
            VaultClient restored = new VaultClient(newVault.address(), keys::rootToken);
            assertThat(restored.read("kept/one").orElseThrow().toString()).contains("as it was");
            assertThat(new VaultClient(newVault.address(), () -> "")
                            .seal()
                            .status()
                            .shares())
                    .isEqualTo(5);
            environment.put("AWS_ACCESS_KEY_ID", newS3.root().accessKey());
            environment.put("AWS_SECRET_ACCESS_KEY", newS3.root().secretKey());
            environment.put("AWS_DEFAULT_REGION", "us-east-1");
            for (var each : Map.of("plain", "content two", "a b/odd \"key\" $x", "content one")
                    .entrySet()) {
                assertThat(run(
                                environment,
                                "",
                                "aws",
                                "--endpoint-url",
                                newS3.root().endpoint().toString(),
                                "s3",
                                "cp",
                                "s3://forgejo-lfs/" + each.getKey(),
                                "-"))
                        .isEqualTo(each.getValue());
            }
            assertThat(volume.resolve("git/repositories/a/b.git/HEAD")).hasContent("ref: refs/heads/main");
            assertThat(volume.resolve("app.ini")).exists();
        }
    }
}
