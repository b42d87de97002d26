package dev.foundation.plugin.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.objectstore.S3Admin;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.plugin.Patience;
import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.testing.BucketContent;
import dev.foundation.testing.RecordingRun;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.Tools;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** The handlers against each engine that is here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class S3HandlersIT {
    private static final String SECRET = "a-secret-of-enough-length";
    private final RecordingRun run = new RecordingRun();
    private final S3Bucket buckets = new S3Bucket();
    private final S3User users = new S3User();
    private final Map<S3Engine, S3Server> servers = new EnumMap<>(S3Engine.class);

    @BeforeAll
    void startServers(@TempDir Path folder) throws Exception {
        for (var engine : S3Engine.values()) {
            if (S3Server.available(engine)) {
                servers.put(engine, S3Server.start(engine, folder.resolve(engine.toString())));
            }
        }
        System.out.println("S3 handlers run on " + servers.keySet());
    }

    @AfterAll
    void stopServers() {
        servers.values().forEach(S3Server::close);
    }

    private S3Server server(S3Engine engine) throws Exception {
        var server = servers.get(engine);
        Assumptions.assumeTrue(server != null, engine + " is not here");
        try (var probe = new S3Buckets(server.root())) {
            Patience.wait(Duration.ofSeconds(60), run, ObjectStoreException::isTransient, probe::list);
        }
        return server;
    }

    private static S3Bucket.Inputs bucket(S3Server server, String name, boolean versions, boolean force) {
        return new S3Bucket.Inputs(
                server.root().endpoint().toString(),
                server.engine().toString(),
                server.root().accessKey(),
                server.root().secretKey(),
                Optional.empty(),
                name,
                Optional.of(versions),
                Optional.empty(),
                Optional.of(force));
    }

    private static S3User.Inputs user(S3Server server, String name, String secret, S3User.BucketGrant... grants) {
        return new S3User.Inputs(
                server.root().endpoint().toString(),
                server.engine().toString(),
                server.root().accessKey(),
                server.root().secretKey(),
                Optional.empty(),
                name,
                secret,
                List.of(grants));
    }

    @ParameterizedTest
    @EnumSource
    void aBucketIsMadeAdoptedChangedAndDeleted(S3Engine engine) throws Exception {
        var server = server(engine);
        var inputs = bucket(server, "life", true, false);
        assertThat(buckets.check(inputs)).isEmpty();
        var created = buckets.create(inputs, run);
        assertThat(buckets.create(inputs, run)).isEqualTo(created);
        var known = new Current<>(inputs, created.outputs());
        assertThat(buckets.read("life", Optional.of(known))).contains(known);
        try (var direct = new S3Buckets(server.root())) {
            direct.setVersioning("life", false);
        }
        var seen = buckets.read("life", Optional.of(known)).orElseThrow();
        assertThat(seen.inputs().versioning()).contains(false);
        buckets.update("life", seen, inputs, run);
        assertThat(buckets.read("life", Optional.of(known))).contains(known);
        buckets.delete("life", known, run);
        buckets.delete("life", known, run);
        assertThat(buckets.read("life", Optional.of(known))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aBucketWithObjectsIsKeptUnlessForced(S3Engine engine) throws Exception {
        var server = server(engine);
        var inputs = bucket(server, "full", true, false);
        var known = new Current<>(inputs, buckets.create(inputs, run).outputs());
        put(server, "full", "object");
        put(server, "full", "object");
        assertThatThrownBy(() -> buckets.delete("full", known, run))
                .hasMessageContaining("was kept")
                .hasMessageContaining("forceDestroy");
        buckets.delete("full", new Current<>(bucket(server, "full", true, true), known.outputs()), run);
        assertThat(buckets.read("full", Optional.of(known))).isEmpty();
    }

    private static void put(S3Server server, String bucket, String key) {
        try (var s3 = BucketContent.client(server.root())) {
            s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("x"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserIsMadeReadMendedAndDeleted(S3Engine engine) throws Exception {
        var server = server(engine);
        buckets.create(bucket(server, "work", false, false), run);
        var inputs = user(server, "servant", SECRET, new S3User.BucketGrant("work", List.of("write", "read")));
        assertThat(users.check(inputs)).isEmpty();
        var created = users.create(inputs, run);
        assertThat(users.create(inputs, run)).isEqualTo(created);
        var known = new Current<>(inputs, created.outputs());
        assertThat(users.read("servant", Optional.of(known))).contains(known);
        try (var admin = S3Admin.of(engine, server.root())) {
            admin.put("servant", "somebody-changed-the-secret");
            admin.setGrants("servant", List.of());
        }
        var seen = users.read("servant", Optional.of(known)).orElseThrow();
        assertThat(seen.inputs().secret()).isEmpty();
        assertThat(seen.inputs().grants()).isEmpty();
        users.update("servant", seen, inputs, run);
        assertThat(users.read("servant", Optional.of(known))).contains(known);
        users.delete("servant", known, run);
        users.delete("servant", known, run);
        assertThat(users.read("servant", Optional.of(known))).isEmpty();
    }

    /** Pulumi makes resources side by side, and on versitygw users share a bucket's policy. */
    @ParameterizedTest
    @EnumSource
    void usersMadeSideBySideKeepTheirRights(S3Engine engine) throws Exception {
        var server = server(engine);
        buckets.create(bucket(server, "crowded", false, false), run);
        var inputs = IntStream.range(0, 8)
                .mapToObj(i -> user(server, "crowd-" + i, SECRET, new S3User.BucketGrant("crowded", List.of("read"))))
                .toList();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = pool.invokeAll(inputs.stream()
                    .map(i -> (Callable<Object>) () -> users.create(i, new RecordingRun()))
                    .toList());
            for (var one : made) {
                one.get();
            }
        }
        for (var one : inputs) {
            var known = new Current<>(one, new S3User.Outputs(one.name()));
            assertThat(users.read(one.name(), Optional.of(known))).contains(known);
        }
    }

    @Test
    void aServerThatComesUpLateIsWaitedFor(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(S3Server.available(S3Engine.VERSITYGW));
        int port = Tools.freePort();
        var inputs = new S3Bucket.Inputs(
                URI.create("http://127.0.0.1:" + port).toString(),
                "versitygw",
                "test-root",
                "test-root-secret-key",
                Optional.empty(),
                "late",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = pool.submit(() -> buckets.create(inputs, run));
            Thread.sleep(1500);
            try (var late = S3Server.start(S3Engine.VERSITYGW, folder, port)) {
                assertThat(made.get().id()).isEqualTo("late");
                assertThat(late.engine()).isEqualTo(S3Engine.VERSITYGW);
            }
        }
    }
}
