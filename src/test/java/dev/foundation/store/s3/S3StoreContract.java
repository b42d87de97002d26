package dev.foundation.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.plugin.Patience;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.ObjectStoreContract;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.testing.BucketContent;
import dev.foundation.testing.RecordingRun;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract on a real server; each test has a bucket of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3StoreContract extends ObjectStoreContract {
    /** What a bucket is made with. */
    enum Made {
        PLAIN,
        VERSIONED,
        LOCKING
    }

    private final S3Engine engine;
    private final Made made;
    private final S3Settings settings;
    private S3Server server;
    private S3Buckets buckets;
    private S3Client other;
    private int number;
    private String bucket;

    S3StoreContract(S3Engine engine, Made made, S3Settings settings) {
        this.engine = engine;
        this.made = made;
        this.settings = settings;
    }

    @BeforeAll
    void startServer(@TempDir Path folder) throws Exception {
        if (engine == S3Engine.VERSITYGW) {
            Tools.need(engine.toString());
        }
        boolean there = S3Server.available(engine);
        System.out.println(
                "ObjectStore contract on " + engine + ": " + (there ? "runs" : "skipped, its binary is not here"));
        assumeTrue(there);
        server = S3Server.start(engine, folder);
        buckets = new S3Buckets(server.root());
        Patience.wait(Duration.ofSeconds(60), new RecordingRun(), ObjectStoreException::isTransient, buckets::list);
        other = BucketContent.client(server.root());
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            other.close();
            buckets.close();
            server.close();
        }
    }

    @Override
    protected ObjectStore fresh() throws Exception {
        number++;
        bucket = "points-" + number;
        buckets.create(bucket, made == Made.LOCKING);
        if (made == Made.VERSIONED) {
            buckets.setVersioning(bucket, true);
        }
        return new S3Store("off-site", server.root(), bucket, settings);
    }

    @Override
    protected void overwrite(ObjectKey key, byte[] bytes) {
        other.putObject(r -> r.bucket(bucket).key(key.path()), RequestBody.fromBytes(bytes));
    }

    @Test
    void theBucketTellsWhatItCan() throws Exception {
        assertThat(store.traits()).isEqualTo(new ObjectStore.Traits(made != Made.PLAIN, made == Made.LOCKING));
    }

    @Test
    void aMissingBucketIsNoEmptyStore() throws Exception {
        try (var absent = new S3Store("off-site", server.root(), "absent", settings)) {
            var key = new ObjectKey("a/b");
            failsAs(Kind.NOT_FOUND, () -> absent.find(key));
            failsAs(Kind.NOT_FOUND, () -> absent.list("", each -> {}));
            failsAs(Kind.NOT_FOUND, absent::folders);
            failsAs(Kind.NOT_FOUND, () -> absent.versions(key));
            failsAs(Kind.NOT_FOUND, absent::traits);
            failsAs(Kind.NOT_FOUND, () -> {
                try (var upload = absent.begin(key)) {
                    upload.complete();
                }
            });
        }
    }

    @Test
    void wrongKeysAreDeniedAndNotShown() {
        var stranger = server.root().as("test-root", "not-the-secret-at-all");
        try (var denied = new S3Store("off-site", stranger, bucket, settings)) {
            failsAs(Kind.DENIED, () -> denied.list("", each -> {}));
            org.assertj.core.api.Assertions.assertThatThrownBy(denied::folders)
                    .hasMessageNotContaining("not-the-secret-at-all");
        }
    }

    @Test
    void aDeletedObjectWithItsMarkerIsNotFoundAndItsVersionsStay() throws Exception {
        assumeTrue(made != Made.PLAIN);
        var key = new ObjectKey("a/b");
        var stored = put(key, text("x"));
        other.deleteObject(r -> r.bucket(bucket).key(key.path()));
        assertThat(store.find(key)).isEmpty();
        assertThat(store.versions(key)).hasSize(1);
        try (var in = store.open(key, stored.version())) {
            assertThat(in.readAllBytes()).isEqualTo(text("x"));
        }
        store.delete(key);
        assertThat(other.listObjectVersions(r -> r.bucket(bucket)).deleteMarkers())
                .isEmpty();
        assertThat(store.versions(key)).isEmpty();
    }

    @Test
    void anUploadThatIsGivenUpLeavesNoParts() throws Exception {
        try (var upload = store.begin(new ObjectKey("a/b"))) {
            upload.write(random(20 << 20), 0, 20 << 20);
        }
        assertThat(other.listMultipartUploads(r -> r.bucket(bucket)).uploads()).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftIsSweptWhenItIsADayOld() throws Exception {
        other.createMultipartUpload(r -> r.bucket(bucket).key("a/b"));
        var own = (S3Store) store;
        assertThat(own.sweep(Instant.now())).isZero();
        assertThat(own.sweep(Instant.now().plus(25, ChronoUnit.HOURS))).isEqualTo(1);
        assertThat(other.listMultipartUploads(r -> r.bucket(bucket)).uploads()).isEmpty();
    }

    @Test
    void manyVersionsComeOverManyPages() throws Exception {
        assumeTrue(made == Made.VERSIONED);
        var key = new ObjectKey("a/SEAL.json");
        var first = put(key, text("first"));
        put(new ObjectKey("a/SEAL.json.sig"), text("s"));
        for (int i = 0; i < 1_010; i++) {
            overwrite(key, text("later"));
        }
        var versions = store.versions(key);
        assertThat(versions).hasSize(1_011);
        assertThat(versions.getFirst()).isEqualTo(first);
        assertThat(List.copyOf(new java.util.HashSet<>(versions))).hasSize(1_011);
    }
}
