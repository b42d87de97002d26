package dev.foundation.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.buckets.S3BlobSource;
import dev.foundation.artifact.forgejo.Exclusion;
import dev.foundation.artifact.forgejo.ForgejoVolume;
import dev.foundation.artifact.forgejo.VolumeIndex;
import dev.foundation.artifact.postgres.ClientPrograms;
import dev.foundation.artifact.postgres.PostgresDump;
import dev.foundation.bundle.BlobObject;
import dev.foundation.docker.Exec;
import dev.foundation.docker.LocalExec;
import dev.foundation.forgejo.AdminAccount;
import dev.foundation.forgejo.ForgejoApi;
import dev.foundation.forgejo.ForgejoCommand;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.secret.Secret;
import dev.foundation.testing.BucketContent;
import dev.foundation.testing.GitClone;
import dev.foundation.testing.GiteaServer;
import dev.foundation.testing.PostgresServer;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.Tools;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Every check against real servers: green while they are as the point says, red when its subject is broken, green again when it is mended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(540)
final class ProofIT {
    private static final String PASSWORD = "the-admin's-pass&word";
    private static final String OID = "ab".repeat(32);
    private static final String LFS_KEY = "lfs/ab/ab/" + OID.substring(4);

    @TempDir
    private static Path folder;

    private PostgresServer postgres;
    private GiteaServer gitea;
    private S3Server s3;
    private VaultServer vault;
    private S3Client objects;
    private List<String> unsealKeys;
    private VaultClient root;
    private Path repository;
    private ProofSubject subject;
    private Scratch scratch;

    private interface Step {
        void run() throws Exception;
    }

    /** @param red the checks that must notice, and no others */
    private record Case(String what, Set<CheckName> red, Step damage, Step repair) {}

    @BeforeAll
    void aRestoredEnvironment() throws Exception {
        Tools.need("gitea");
        PostgresServer.openTo(folder);
        postgres = PostgresServer.start(Files.createDirectories(folder.resolve("postgres")));
        gitea = GiteaServer.start(Files.createDirectories(folder.resolve("gitea")), postgres);
        s3 = S3Server.start(S3Engine.VERSITYGW, Files.createDirectories(folder.resolve("s3")));
        vault = VaultServer.start(Files.createDirectories(folder.resolve("vault")));
        sql("postgres", "create database app");
        sql(
                "app",
                "create table \"Od'd\"(a int); insert into \"Od'd\" select generate_series(1, 3);"
                        + "create table plain(a int); insert into plain values (1); create table empty(a int)");
        sql("gitea", "insert into lfs_meta_object(oid, size, repository_id) values ('" + OID + "', 3, 1)");
        forge();
        buckets();
        safe();
        subject = ProofFixture.subject(dump(), volume(), samples());
        scratch = new Scratch(
                "a test",
                new PsqlDatabase(
                        new LocalExec(Map.of()),
                        "127.0.0.1",
                        "127.0.0.1",
                        postgres.root().port(),
                        postgres.root().user(),
                        Secret.of(postgres.root().password()),
                        "gitea"),
                new GitRepositories(new LocalExec(Map.of()), gitea.home().toString()),
                new HttpForge(
                        gitea.url(), "keeper", Secret.of(PASSWORD), "foundation/foundation", folder.resolve("work")),
                new S3BlobSource(s3.root()),
                new VaultSafe(vault.address(), Secret.of(rootToken), "foundation"));
    }

    private String rootToken = "";

    @AfterAll
    void stop() throws Exception {
        if (scratch != null) {
            scratch.buckets().close();
            objects.close();
            vault.close();
            s3.close();
            gitea.close();
            postgres.close();
        }
    }

    private void forge() throws Exception {
        var local = new LocalExec(Map.of("HOME", gitea.home().toString(), "USER", "nobody"));
        Exec beside = (args, input, timeout) -> local.run(PostgresServer.asNobody(args), input, timeout);
        new AdminAccount(
                        gitea.url(),
                        new ForgejoCommand(
                                beside,
                                gitea.binary().toString(),
                                gitea.config().toString()))
                .bring("keeper", "keeper@example.org", PASSWORD);
        try (var api = ForgejoApi.withPassword(gitea.url(), "keeper", PASSWORD)) {
            api.post("make an organisation", "orgs", Map.of("username", "foundation"));
            api.post(
                    "make a repository",
                    "orgs/foundation/repos",
                    Map.of("name", "foundation", "default_branch", "main"));
        }
        GitClone clone = GitClone.init(folder.resolve("clone"));
        clone.commit("first", "one");
        clone.commit("second", "two");
        URI url = gitea.url();
        clone.git(
                "push",
                "--quiet",
                url.getScheme() + "://keeper:" + ForgejoApi.part(PASSWORD) + "@" + url.getHost() + ":" + url.getPort()
                        + "/foundation/foundation.git",
                "main");
        try (Stream<Path> all = Files.walk(gitea.home())) {
            repository = all.filter(each -> each.endsWith("foundation/foundation.git"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void buckets() {
        objects = BucketContent.client(s3.root());
        for (String each : List.of("forgejo-lfs", "media")) {
            objects.createBucket(r -> r.bucket(each));
        }
        put("forgejo-lfs", LFS_KEY, "abc");
        put("media", "a/first", "one");
        put("media", "b/second", "another");
    }

    private void put(String bucket, String key, String content) {
        objects.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    private void safe() throws Exception {
        var client = new VaultClient(vault.address(), () -> "");
        for (int i = 0; ; i++) {
            try {
                client.seal().status();
                break;
            } catch (IOException e) {
                if (i == 100) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
        var keys = client.seal().initialise(1, 1);
        unsealKeys = keys.unsealKeys();
        rootToken = keys.rootToken();
        root = client.withToken(() -> rootToken);
        unseal();
        root.system().enableMount("foundation", Map.of("type", "kv", "options", Map.of("version", "2")));
        credentials(postgres.root().password());
    }

    private void unseal() throws Exception {
        root.seal().unseal(unsealKeys);
        for (int i = 0; i < 150; i++) {
            if (root.seal().health().state() == dev.foundation.vault.VaultHealth.State.ACTIVE) {
                return;
            }
            Thread.sleep(200);
        }
        throw new IOException("Vault does not become active");
    }

    private void credentials(String password) throws Exception {
        root.keyValue("foundation")
                .write(
                        "postgres/admin-credentials",
                        Map.of("username", postgres.root().user(), "password", password),
                        Map.of());
    }

    private ObjectNode dump() throws Exception {
        try (var dump =
                new PostgresDump(postgres.root(), ClientPrograms.in(Path.of("/usr/lib/postgresql/15/bin")), in -> in)) {
            dump.content().transferTo(java.io.OutputStream.nullOutputStream());
            return dump.facts();
        }
    }

    private ObjectNode volume() throws Exception {
        try (var volume = new ForgejoVolume(gitea.home(), gitea.config(), Exclusion.FORGEJO, in -> in)) {
            VolumeIndex.read(volume.content());
            return volume.facts();
        }
    }

    private static ObjectSamples samples() {
        List<BlobObject> all = List.of(
                ProofFixture.object("forgejo-lfs", LFS_KEY, "abc", "2026-11-20T00:00:00Z"),
                ProofFixture.object("media", "a/first", "one", "2026-11-20T00:00:00Z"),
                ProofFixture.object("media", "b/second", "another", "2026-11-20T00:00:00Z"));
        return new ObjectSamples(Map.of("forgejo-lfs", 1L, "media", 2L), all);
    }

    private void sql(String database, String statement) throws Exception {
        var access = postgres.root();
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + access.port() + "/" + database,
                        access.user(),
                        access.password());
                var one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    private List<CheckResult> run(long seed) throws Exception {
        return ProofRun.of(subject, scratch, InstantSource.system(), new Random(seed), event -> {})
                .run();
    }

    private static Set<CheckName> red(List<CheckResult> results) {
        return results.stream()
                .filter(each -> !each.good())
                .map(CheckResult::name)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CheckName.class)));
    }

    private List<Case> cases() throws Exception {
        String main = GitClone.init(folder.resolve("clone")).git("rev-parse", "HEAD");
        Path object = repository.resolve("objects/" + main.substring(0, 2) + "/" + main.substring(2));
        Path away = folder.resolve("away");
        byte[] commit = Files.exists(object) ? Files.readAllBytes(object) : new byte[0];
        return List.of(
                new Case(
                        "a table's rows are deleted",
                        EnumSet.of(CheckName.POSTGRES_ROWS),
                        () -> sql("app", "delete from \"Od'd\""),
                        () -> sql("app", "insert into \"Od'd\" select generate_series(1, 3)")),
                new Case(
                        "a row is missing",
                        EnumSet.of(CheckName.POSTGRES_ROWS),
                        () -> sql("app", "delete from \"Od'd\" where a = 2"),
                        () -> sql("app", "insert into \"Od'd\" values (2)")),
                new Case(
                        "a table is missing",
                        EnumSet.of(CheckName.POSTGRES_ROWS),
                        () -> sql("app", "alter table plain rename to other"),
                        () -> sql("app", "alter table other rename to plain")),
                new Case(
                        "a database is missing",
                        EnumSet.of(CheckName.POSTGRES_ROWS),
                        () -> sql("postgres", "alter database app rename to other"),
                        () -> sql("postgres", "alter database other rename to app")),
                new Case(
                        "Vault has another password",
                        EnumSet.of(CheckName.VAULT_SECRET),
                        () -> credentials("another"),
                        () -> credentials(postgres.root().password())),
                new Case(
                        "the secret is gone",
                        EnumSet.of(CheckName.VAULT_SECRET),
                        () -> root.keyValue("foundation").deleteNewest("postgres/admin-credentials"),
                        () -> credentials(postgres.root().password())),
                new Case(
                        "Vault is sealed",
                        EnumSet.of(CheckName.VAULT_UNSEALED, CheckName.VAULT_SECRET),
                        () -> root.write("sys/seal", Map.of()),
                        this::unseal),
                new Case(
                        "an object has other bytes",
                        EnumSet.of(CheckName.S3_SAMPLES),
                        () -> put("media", "a/first", "onE"),
                        () -> put("media", "a/first", "one")),
                new Case(
                        "an object is longer",
                        EnumSet.of(CheckName.S3_SAMPLES),
                        () -> put("media", "b/second", "another one"),
                        () -> put("media", "b/second", "another")),
                new Case(
                        "a blob of a row is gone",
                        EnumSet.of(CheckName.S3_SAMPLES, CheckName.CROSS_BLOBS),
                        () -> objects.deleteObject(r -> r.bucket("forgejo-lfs").key(LFS_KEY)),
                        () -> put("forgejo-lfs", LFS_KEY, "abc")),
                new Case(
                        "a row points at no blob",
                        EnumSet.of(CheckName.POSTGRES_ROWS, CheckName.CROSS_BLOBS),
                        () -> sql(
                                "gitea",
                                "insert into lfs_meta_object(oid, size, repository_id) values (repeat('9', 64), 3, 1)"),
                        () -> sql("gitea", "delete from lfs_meta_object where oid = repeat('9', 64)")),
                new Case(
                        "the head is another commit",
                        EnumSet.of(CheckName.FORGEJO_HEAD, CheckName.FORGEJO_CLONE),
                        () -> git("update-ref", "refs/heads/main", main + "~1"),
                        () -> git("update-ref", "refs/heads/main", main)),
                new Case(
                        "the repository is gone",
                        EnumSet.of(
                                CheckName.FORGEJO_HEAD,
                                CheckName.FORGEJO_FSCK,
                                CheckName.FORGEJO_CLONE,
                                CheckName.FORGEJO_HOOK),
                        () -> Files.move(repository, away),
                        () -> Files.move(away, repository)),
                new Case(
                        "a git object is damaged",
                        EnumSet.of(
                                CheckName.FORGEJO_HEAD,
                                CheckName.FORGEJO_FSCK,
                                CheckName.FORGEJO_CLONE,
                                CheckName.FORGEJO_HOOK),
                        () -> {
                            Files.setPosixFilePermissions(
                                    object, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
                            Files.write(object, new byte[] {1, 2, 3});
                        },
                        () -> Files.write(object, commit)),
                new Case(
                        "the hooks are gone",
                        EnumSet.of(CheckName.FORGEJO_HOOK),
                        () -> Files.move(repository.resolve("hooks"), away),
                        () -> Files.move(away, repository.resolve("hooks"))));
    }

    private void git(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("-c", "safe.directory=*", "--git-dir=" + repository));
        all.addAll(List.of(args));
        new GitClone(folder).git(all.toArray(String[]::new));
    }

    @Test
    void everyCheckIsGreenAndRedWhenItsSubjectIsBroken() throws Exception {
        List<CheckResult> first = run(1);
        assertThat(first).extracting(CheckResult::name).containsExactly(CheckName.values());
        assertThat(first)
                .allSatisfy(each -> assertThat(each.good()).as(each.toString()).isTrue());
        var evidence = Evidence.of(
                subject.seal(), "a test", "test", Instant.now(), Instant.now(), List.of(), first, List.of());
        assertThat(evidence.verdict()).isEqualTo(Evidence.Verdict.GREEN);
        System.out.println(evidence.markdown());

        List<Case> cases = cases();
        Map<String, Set<CheckName>> seen = new LinkedHashMap<>();
        Set<CheckName> everRed = EnumSet.noneOf(CheckName.class);
        long seed = 2;
        for (Case each : cases) {
            each.damage().run();
            List<CheckResult> results;
            try {
                results = run(seed++);
            } finally {
                each.repair().run();
            }
            seen.put(each.what(), red(results));
            everRed.addAll(red(results));
            System.out.printf("%-30s red: %s%n", each.what(), red(results));
        }
        System.out.println(seen.size() + " of " + cases.size() + " cases ran; red once: " + everRed);
        assertThat(seen).hasSize(15).hasSameSizeAs(cases);
        cases.forEach(each -> assertThat(seen.get(each.what())).as(each.what()).isEqualTo(each.red()));
        assertThat(everRed).containsExactly(CheckName.values());
        assertThat(run(seed))
                .allSatisfy(each -> assertThat(each.good()).as(each.toString()).isTrue());
    }
}
