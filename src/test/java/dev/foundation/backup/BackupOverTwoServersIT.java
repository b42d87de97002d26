package dev.foundation.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.SealCache;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.objectstore.S3Access;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.plugin.Patience;
import dev.foundation.prune.LockKeeper;
import dev.foundation.replicate.Replication;
import dev.foundation.retention.RetentionPolicy;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.s3.S3Settings;
import dev.foundation.store.s3.S3Store;
import dev.foundation.testing.PointFixture;
import dev.foundation.testing.RecordingRun;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.TcpProxy;
import dev.foundation.testing.Tools;
import dev.foundation.verify.Finding;
import dev.foundation.verify.IntegrityCheck;
import dev.foundation.verify.Sample;
import dev.foundation.verify.Severity;
import dev.foundation.verify.Which;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Points at two real S3 servers of each engine, the off-site one with object lock, behind a connection that fails in every way. */
@ParameterizedClass(name = "two {0}")
@EnumSource
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class BackupOverTwoServersIT {
    private static final RetentionPolicy POLICY = new RetentionPolicy(7, 4, 6, 1, Duration.ofHours(24), ZoneOffset.UTC);
    private static final int LARGE = 400_000;

    private final S3Engine engine;

    BackupOverTwoServersIT(S3Engine engine) {
        this.engine = engine;
    }

    @TempDir
    private Path folder;

    private S3Server here;
    private S3Server there;
    private TcpProxy way;
    private S3Store local;
    private S3Store offSite;
    private PointFixture fixture;

    @BeforeEach
    void twoServers() throws Exception {
        if (engine == S3Engine.VERSITYGW) {
            Tools.need(engine.toString());
        }
        boolean built = S3Server.available(engine);
        System.out.println(
                "points at two servers of " + engine + ": " + (built ? "runs" : "skipped, its binary is not here"));
        assumeTrue(built);
        here = S3Server.start(engine, Files.createDirectory(folder.resolve("here")));
        there = S3Server.start(engine, Files.createDirectory(folder.resolve("there")));
        way = new TcpProxy(there.root().endpoint().getPort());
        local = store("local", here, here.root(), false);
        S3Access far = new S3Access(
                way.address(),
                there.root().region(),
                there.root().accessKey(),
                there.root().secretKey());
        offSite = store("off-site", there, far, true);
        fixture = new PointFixture(Files.createDirectory(folder.resolve("agent")), List.of(local, offSite));
        fixture.spoil(artifact ->
                artifact.name().equals(Names.POSTGRES) ? PointFixture.withContent(artifact, random()) : artifact);
        fixture.buckets().put("media", "a", "one");
    }

    private static byte[] random() {
        byte[] bytes = new byte[LARGE];
        new Random(LARGE).nextBytes(bytes);
        return bytes;
    }

    private static S3Store store(String name, S3Server server, S3Access access, boolean locks) throws Exception {
        try (var buckets = new S3Buckets(server.root())) {
            Patience.wait(Duration.ofSeconds(60), new RecordingRun(), ObjectStoreException::isTransient, buckets::list);
            buckets.create("points", locks);
            if (!locks) {
                buckets.setVersioning("points", true);
            }
        }
        var settings = S3Settings.usual(true).with(Duration.ofSeconds(5), 3).with(S3Settings.LockMode.COMPLIANCE);
        return new S3Store(name, access, "points", settings);
    }

    @AfterEach
    void stop() throws IOException {
        if (way != null) {
            local.close();
            offSite.close();
            way.close();
            here.close();
            there.close();
        }
    }

    private List<BundleId> sealed(ObjectStore store) throws IOException, InterruptedException {
        return new Points(store, fixture.trust(), SealCache.none(), new Random(1))
                .listAfresh(Known.nothing()).sealed().stream().map(Sealed::id).toList();
    }

    private void everythingIsWholeAtBoth() throws InterruptedException {
        var report = new IntegrityCheck(
                        List.of(local, offSite),
                        fixture.trust(),
                        store -> fixture.known(),
                        new Sample(100, new Random(1)),
                        event -> {})
                .run(new Which.All());
        assertThat(report.findings().stream()
                        .filter(each -> each.severity() != Severity.INFO)
                        .map(Finding::text))
                .isEmpty();
    }

    private void lostAndHealed(String what) throws Exception {
        BackupReport report = fixture.run();
        assertThat(report.verdict()).as(what + ": " + report.problems()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(report.sealedAt()).as(what).containsExactly("local");
        assertThat(String.join(" ", report.problems())).as(what).contains("off-site");
        way.pass();
        assertThat(sealed(offSite)).as(what + ": nothing half-published").hasSize(1);
        assertThat(sealed(local)).as(what).hasSize(2);
        Replication.Report healed = new Replication(
                        List.of(local, offSite), fixture.trust(), store -> SealCache.none(), event -> {})
                .run(fixture.known());
        assertThat(healed.problems()).as(what).isEmpty();
        assertThat(sealed(offSite)).as(what).hasSize(2);
        everythingIsWholeAtBoth();
        fixture.buckets().put("media", "b", what);
        fixture.take();
        everythingIsWholeAtBoth();
    }

    @Test
    void pointsAreSealedAtBothAndWhatIsLockedOffSiteCannotBeDeletedByAnyone() throws Exception {
        fixture.take();
        Instant now = fixture.take().seal().point().moment().plusSeconds(60);
        assertThat(sealed(local)).isEqualTo(sealed(offSite)).hasSize(2);
        everythingIsWholeAtBoth();

        // Locks lie in the server's future, whatever the points' clock says.
        Instant today = Instant.now().isAfter(now) ? Instant.now() : now;
        LockKeeper.Report report = new LockKeeper(offSite, fixture.trust(), POLICY, SealCache.none())
                .lengthen(Known.nothing(), Set.copyOf(sealed(offSite)), today);
        assertThat(report.problems()).isEmpty();
        assertThat(report.held()).isGreaterThan(10);
        BundleId newest = sealed(offSite).stream().max(BundleId::compareTo).orElseThrow();
        List<ObjectKey> keys = new ArrayList<>(
                List.of(new BundleKeys(newest).seal(), new BundleKeys(newest).object(Names.POSTGRES + Names.AGE)));
        BlobTable blobs = BlobTable.of(offSite);
        keys.add(BundleKeys.blob(blobs.name(0)));
        for (ObjectKey key : keys) {
            assertThatThrownBy(() -> offSite.delete(key))
                    .as(key.path())
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED));
        }
        everythingIsWholeAtBoth();
        assertThat(new LockKeeper(local, fixture.trust(), POLICY, SealCache.none())
                        .lengthen(Known.nothing(), Set.of(newest), today))
                .isEqualTo(new LockKeeper.Report(0, List.of()));
    }

    @Test
    void aSlowWayAndOneThatBreaksTwiceChangeNothing() throws Exception {
        way.slow(Duration.ofMillis(5));
        fixture.take();
        way.cut(LARGE / 2, 2);
        fixture.take();
        assertThat(way.cuts()).isEqualTo(2);
        way.pass();
        everythingIsWholeAtBoth();
    }

    @Test
    void aWayThatBreaksInTheMiddleOfEveryLargeObjectLosesOnlyThatPlace() throws Exception {
        fixture.take();
        way.cut(LARGE / 2, Integer.MAX_VALUE);
        lostAndHealed("cut in the middle");
    }

    @Test
    void aServerThatFallsSilentLosesOnlyThatPlace() throws Exception {
        fixture.take();
        way.silence();
        lostAndHealed("silent");
    }
}
