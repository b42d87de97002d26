package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.artifact.Artifact;
import dev.foundation.artifact.Gzip;
import dev.foundation.artifact.forgejo.Exclusion;
import dev.foundation.artifact.forgejo.ForgejoVolume;
import dev.foundation.artifact.postgres.ClientPrograms;
import dev.foundation.artifact.postgres.PostgresDump;
import dev.foundation.artifact.vault.VaultSnapshot;
import dev.foundation.bundle.Names;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.process.Command;
import dev.foundation.process.Processes;
import dev.foundation.schedule.RunLocks;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.stream.ParallelZstd;
import dev.foundation.testing.PointFixture;
import dev.foundation.testing.PostgresServer;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole command with real points over real servers that are in use: as of the point, and then as before. */
@Timeout(400)
final class RestoreInPlaceIT {
    private static final String REPOSITORY = "git/repositories/team/app.git";
    private static final Pattern UNDO = Pattern.compile("\\./foundation restore --undo (restore-\\w+)");

    @TempDir
    Path folder;

    private RestoreRun run;
    private CliRun cli;
    private PointFixture points;
    private Path store;
    private PlayedServices live;
    private final List<AutoCloseable> servers = new ArrayList<>();

    @BeforeEach
    void haveAFoundation() throws Exception {
        PostgresServer.openTo(folder);
        run = new RestoreRun(folder);
        cli = run.cli;
        points = run.points;
        store = run.store;
        live = run.live;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : servers.reversed()) {
            each.close();
        }
    }

    private int restore(String... arguments) {
        return run.restore(arguments);
    }

    private interface Check {
        void run() throws Exception;
    }

    /** Not without agreement, not while another job runs, nothing with {@code --plan}; then there, and back. */
    private void thereAndBack(String only, Check before, Check after) throws Exception {
        before.run();
        List<Path> none = kept();
        assertThat(restore("--only", only)).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err())
                .contains("Pass --confirm foundation", points.trust().instance(), "over what runs goes " + only);
        assertThat(restore("--only", only, "--plan")).as(cli.err()).isZero();
        assertThat(cli.out()).contains("nothing was touched");
        try (RunLocks locks = RunLocks.in(folder.resolve("locks"), Clock.systemUTC());
                var held = locks.tryAcquire("backup").orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(restore("--only", only, "--confirm", "foundation")).isEqualTo(ExitCodes.REFUSED);
            assertThat(cli.err()).contains("run lock (backup");
        }
        before.run();
        assertThat(kept()).isEqualTo(none);

        assertThat(restore("--only", only, "--confirm", "foundation"))
                .as(cli.err())
                .isZero();
        after.run();
        String name = undoName(cli.out());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept().stream()
                        .filter(each -> each.toString().endsWith(name + ".json"))
                        .findFirst()
                        .orElseThrow())))
                .isEqualTo("rw-------");

        assertThat(restore("--undo", name)).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("Pass --confirm foundation", "back to before the restore of " + only);
        after.run();
        assertThat(restore("--undo", name, "--confirm", "foundation"))
                .as(cli.err())
                .isZero();
        before.run();
        assertThat(restore("--undo", name, "--confirm", "foundation")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("was undone already");
        assertThat(cli.out() + cli.err()).doesNotContain("AGE-SECRET-KEY");
    }

    /** @param only of a point whose artifact is damaged */
    private void damaged(String artifact, String only, Check unchanged) throws Exception {
        Path file = store.resolve(points.take().seal().point().toString()).resolve(artifact + Names.AGE);
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, content);
        assertThat(restore("--only", only, "--confirm", "foundation")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains(artifact);
        unchanged.run();
    }

    private static String undoName(String text) {
        var found = UNDO.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private List<Path> kept() throws IOException {
        Path kept = folder.resolve("state-of/foundation/before-apply");
        if (!Files.exists(kept)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(kept)) {
            return all.toList();
        }
    }

    private interface Real {
        Artifact open() throws IOException, InterruptedException;
    }

    /** Points have this from now on. */
    private void has(String name, Real artifact) {
        points.spoil(each -> {
            try {
                return each.name().equals(name) ? artifact.open() : each;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private String sql(String database, String sql) throws Exception {
        var root = Objects.requireNonNull(live.postgres).root();
        var done =
                Processes.run(Command.of(List.of("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql))
                        .withEnvironment(Map.of(
                                "PGHOST", root.host(),
                                "PGPORT", String.valueOf(root.port()),
                                "PGUSER", root.user(),
                                "PGPASSWORD", root.password())));
        assertThat(done.exit()).as(done.errors()).isZero();
        return done.text();
    }

    @Test
    void aDatabase() throws Exception {
        Assumptions.assumeTrue(PostgresServer.available());
        var server = PostgresServer.start(Files.createDirectories(folder.resolve("postgres")), "postgres");
        servers.add(server);
        live.postgres = server;
        sql("postgres", "create role forgejo");
        sql("postgres", "create role reader");
        sql("postgres", "create database forgejo owner forgejo");
        sql("postgres", "create database other");
        sql("forgejo", "create table t as select 'as of the point' as word; grant select on t to reader");
        has(
                Names.POSTGRES,
                () -> new PostgresDump(
                        server.root(), ClientPrograms.in(Path.of("/usr/lib/postgresql/15/bin")), Gzip::new));
        points.take();
        sql("forgejo", "update t set word = 'since'");
        Check before = () -> assertThat(sql("forgejo", "select word from t")).isEqualTo("since");

        assertThat(restore("--only", "postgres:nobody", "--confirm", "foundation"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("the point has no database nobody", "Nothing was touched");
        thereAndBack(
                "postgres:forgejo",
                before,
                () -> assertThat(sql("forgejo", "select word from t")).isEqualTo("as of the point"));
        assertThat(live.calls).containsExactly("stop", "start", "stop", "start");

        // Somebody is connected, and all databases go.
        sql("postgres", "drop database forgejo_after_" + stamp("forgejo_after_"));
        try (var client = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.root().port() + "/forgejo",
                server.root().user(),
                server.root().password())) {
            assertThat(restore("--only", "postgres", "--confirm", "foundation"))
                    .as(cli.err())
                    .isZero();
            assertThat(client.isValid(5)).isFalse();
        }
        assertThat(sql("forgejo", "select word from t")).isEqualTo("as of the point");
        String name = undoName(cli.out());
        assertThat(sql("postgres", "select count(*) from pg_database where datname like 'other%'"))
                .isEqualTo("2");
        assertThat(restore("--undo", name, "--confirm", "foundation"))
                .as(cli.err())
                .isZero();
        before.run();

        // A role of the dump is gone: it stops half-way, beside.
        sql("forgejo", "drop owned by reader");
        sql("forgejo_after_" + stamp("forgejo_after_"), "drop owned by reader");
        sql("postgres", "drop role reader");
        assertThat(restore("--only", "postgres:forgejo", "--confirm", "foundation"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("42704", "before anything was overwritten");
        before.run();
        assertThat(sql("postgres", "select count(*) from pg_database where datname like 'restore_%'"))
                .isEqualTo("0");

        // The name that the old one would get is taken: no name changes, and Forgejo goes on.
        sql("postgres", "create role reader");
        run.clock = Clock.fixed(Instant.parse("2026-11-21T09:15:00Z"), ZoneOffset.UTC);
        sql("postgres", "create database forgejo_before_20261121t091500z");
        live.calls.clear();
        assertThat(restore("--only", "postgres:forgejo", "--confirm", "foundation"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("42P04", "before anything was overwritten");
        assertThat(live.calls).containsExactly("stop", "start");
        before.run();
        damaged(Names.POSTGRES, "postgres:forgejo", before);
    }

    private String stamp(String prefix) throws Exception {
        return sql(
                "postgres",
                "select replace(datname, '" + prefix + "', '') from pg_database where datname like '" + prefix + "%'");
    }

    @Test
    void forgejosFilesAndOneRepository() throws Exception {
        Files.createDirectories(live.volume);
        sh("""
                mkdir -p git/repositories/team data; git init -q --bare -b main git/repositories/team/app.git
                git init -q --bare -b main git/repositories/team/lib.git
                echo as of the point | tee git/repositories/team/{app,lib}.git/word > data/word
                """);
        has(
                Names.FORGEJO,
                () -> new ForgejoVolume(live.volume, Exclusion.FORGEJO, tar -> ParallelZstd.compress(tar, 1)));
        points.take();
        sh("echo since | tee git/repositories/team/{app,lib}.git/word > data/word");
        Path one = live.volume.resolve(REPOSITORY + "/word");
        Path data = live.volume.resolve("data/word");

        assertThat(restore("--only", "forgejo:team/none", "--confirm", "foundation"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("the point has no repository team/none", "Nothing was touched");
        thereAndBack("forgejo:team/app", () -> assertThat(one).hasContent("since"), () -> {
            assertThat(one).hasContent("as of the point");
            assertThat(data).hasContent("since");
            assertThat(live.calls).startsWith("stop", "start").anyMatch(each -> each.contains("regenerate hooks"));
        });
        sh("rm -r foundation-before");
        thereAndBack("forgejo", () -> assertThat(data).hasContent("since"), () -> {
            assertThat(one).hasContent("as of the point");
            assertThat(data).hasContent("as of the point");
        });
        damaged(Names.FORGEJO, "forgejo", () -> assertThat(data).hasContent("since"));
    }

    private void sh(String script) throws Exception {
        var done = Processes.run(Command.of(List.of("bash", "-e", "-c", script)).in(live.volume));
        assertThat(done.exit()).as(done.errors()).isZero();
    }

    @Test
    void objectsOfABucket() throws Exception {
        Assumptions.assumeTrue(S3Server.available(S3Engine.VERSITYGW));
        points.buckets().put("media", "a/one", "as of the point");
        points.buckets().put("media", "a/gone", "as of the point");
        points.buckets().put("media", "b/two", "as of the point");
        points.take();
        var server = S3Server.start(S3Engine.VERSITYGW, Files.createDirectories(folder.resolve("s3")));
        servers.add(server);
        live.objects = server;
        Path data = folder.resolve("s3/data/media");
        try (var buckets = new S3Buckets(server.root())) {
            buckets.create("media", false); // a mark of a deletion would be a file, too
        }
        // The server keeps an object as a file.
        for (String each : List.of("a/one", "a/newer", "b/two")) {
            Files.createDirectories(data.resolve(each).getParent());
            Files.writeString(data.resolve(each), "since");
        }
        Check before = () -> {
            assertThat(data.resolve("a/one")).hasContent("since");
            assertThat(data.resolve("b/two")).hasContent("since");
            assertThat(data.resolve("a/gone")).doesNotExist();
        };
        assertThat(restore("--only", "bucket:none", "--confirm", "foundation")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("the point has no object none/", "Nothing was touched");
        thereAndBack("bucket:media/a/", before, () -> {
            assertThat(data.resolve("a/one")).hasContent("as of the point");
            assertThat(data.resolve("a/gone")).hasContent("as of the point");
            assertThat(data.resolve("a/newer")).hasContent("since");
            assertThat(data.resolve("b/two")).hasContent("since");
        });

        // A blob is damaged: nothing is written, and no bucket beside is made.
        List<Path> made = files(folder.resolve("s3/data"));
        for (Path each : files(store.resolve("blobs"))) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rw-------"));
            byte[] content = Files.readAllBytes(each);
            content[content.length - 1] ^= 1;
            Files.write(each, content);
        }
        assertThat(restore("--only", "bucket:media", "--confirm", "foundation")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("the blob blobs/", "before anything was overwritten");
        before.run();
        assertThat(files(folder.resolve("s3/data"))).isEqualTo(made);
    }

    private static List<Path> files(Path of) throws IOException {
        try (Stream<Path> all = Files.list(of)) {
            return all.sorted().toList();
        }
    }

    @Test
    void vault() throws Exception {
        var server = VaultServer.start(Files.createDirectories(folder.resolve("vault")));
        servers.add(server);
        live.vault = server;
        VaultClient vault = live.vault();
        var waiting = new Waiting(vault.seal(), server.address().toString(), Duration.ofSeconds(60), text -> {});
        waiting.forAnswer();
        var initial = vault.seal().initialise(3, 2);
        vault.seal().unseal(initial.unsealKeys());
        waiting.forActive();
        live.keys = UnsealKeys.none().with(initial.unsealKeys());
        live.rootToken = initial.rootToken();
        VaultClient root = vault.withToken(initial::rootToken);
        root.system().enableMount("kept", Map.of("type", "kv"));
        root.system().enableAuthMethod("approle", Map.of("type", "approle"));
        root.write("kept/a", Map.of("value", "as of the point"));
        String service = root.tokens().create(Map.of("policies", List.of("root")));
        has(Names.VAULT, () -> new VaultSnapshot(root));
        points.take();
        root.write("kept/a", Map.of("value", "since"));
        Check before = () -> assertThat(value(vault, service)).isEqualTo("since");

        thereAndBack("vault", before, () -> assertThat(value(vault, service)).isEqualTo("as of the point"));
        assertThat(kept()).anySatisfy(each -> assertThat(each.toString()).endsWith(".snap.age"));

        // A point of a Vault that does not know the token with which `up` works.
        String newer = root.tokens().create(Map.of("policies", List.of("root")));
        live.rootToken = newer;
        assertThat(restore("--only", "vault", "--confirm", "foundation")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err())
                .contains("does not know the root token", "Nothing was touched")
                .doesNotContain(newer);
        before.run();
        live.rootToken = initial.rootToken();
        String other = Base64.getEncoder().encodeToString(new byte[33]);
        live.keys = UnsealKeys.none().with(List.of(other, initial.unsealKeys().getFirst()));
        assertThat(restore("--only", "vault", "--confirm", "foundation")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("do not open the Vault").doesNotContain(other);
        before.run();
        live.keys = UnsealKeys.none().with(initial.unsealKeys());
        damaged(Names.VAULT, "vault", before);
        rotatedSince(vault, initial.unsealKeys(), before);
    }

    /** Neither a point nor an undo from before the unseal keys were rotated may go in: Vault would not come up by itself. */
    private void rotatedSince(VaultClient vault, List<String> older, Check before) throws Exception {
        has(Names.VAULT, () -> new VaultSnapshot(vault.withToken(() -> live.rootToken)));
        points.take();
        assertThat(restore("--only", "vault", "--confirm", "foundation"))
                .as(cli.err())
                .isZero();
        String undo = undoName(cli.out());
        List<String> newer =
                vault.rekey().newKeys(vault.rekey().begin(3, 2), older).orElseThrow();
        assertThat(vault.rekey().prove(newer)).isTrue();
        live.keys = UnsealKeys.none().with(older).with(newer);

        assertThat(restore("--only", "vault", "--confirm", "foundation")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("generation 2) none opens the point's Vault", "Take a later point");
        before.run();
        assertThat(restore("--undo", undo, "--confirm", "foundation")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("none opens the Vault of before the restore", "It stays in ");
        before.run();
        vault.seal().prove(newer);
    }

    private static String value(VaultClient vault, String token) throws Exception {
        return vault.withToken(() -> token)
                .read("kept/a")
                .orElseThrow()
                .at("/data/value")
                .asText();
    }
}
