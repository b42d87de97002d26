package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Known;
import dev.foundation.objectstore.S3Access;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.prune.Briefing;
import dev.foundation.prune.Circumstances;
import dev.foundation.schedule.RunLock;
import dev.foundation.schedule.RunLocks;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.s3.S3Store;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.TinyPoints;
import dev.foundation.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person prunes a bucket with object lock, with keys that are on no disk of this host (S7). */
@Timeout(120)
final class PruneOffSiteIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    /** The noon of a day of five weeks ago: of its points the first (the oldest of all) and the last stay. */
    private static final Instant NOON =
            NOW.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(35)).plus(Duration.ofHours(12));

    @TempDir
    private Path folder;

    private S3Server server;
    private S3Store store;
    private CliRun cli;
    private FakeAgent agent;
    private TinyPoints points;
    private final List<BundleId> ids = new ArrayList<>();

    @BeforeEach
    void aBucketWithFivePoints() throws Exception {
        Tools.need(S3Engine.VERSITYGW.toString());
        server = S3Server.start(S3Engine.VERSITYGW, Files.createDirectory(folder.resolve("server")));
        try (var buckets = new S3Buckets(server.root())) {
            buckets.create("points", true);
        }
        store = new S3Store("off-site", server.root(), "points", true);
        points = new TinyPoints(1);
        for (Instant each : List.of(
                NOON,
                NOON.plus(Duration.ofHours(1)),
                NOON.plus(Duration.ofHours(2)),
                NOON.plus(Duration.ofHours(3)),
                NOW.minus(Duration.ofHours(1)))) {
            ids.add(new BundleId(each));
            points.take(ids.getLast(), List.of(store), List.of(ids.size()));
        }
        cli = new CliRun(Files.createDirectory(folder.resolve("cli"))).with("""
                foundation:instanceId: %s
                foundation:site: sealed
                foundation:s3: {engine: versitygw}
                foundation:forgejo: {product: gitea}
                foundation:sealPublicKey: %s
                foundation:backup: {offsite: {endpoint: "%s", bucket: points}}
                """.formatted(
                        TinyPoints.INSTANCE,
                        TinyPoints.TRUST.publicLines().getFirst(),
                        server.root().endpoint()));
        agent = new FakeAgent(cli);
        circumstances(Set.of());
        for (String sequences : List.of("2-2", "3-3", "2-3")) {
            agent.answer("/pruned?at=off-site&sequences=" + sequences, 200, "ok\n");
        }
        cli.typed = keys(server.root());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            store.close();
            server.close();
        }
    }

    private static String keys(S3Access access) {
        return access.accessKey() + "\n" + access.secretKey() + "\n";
    }

    private void circumstances(Set<BundleId> held, Known.Range... removed) throws IOException {
        Known known = new Known(points.known().sequence(), points.known().seal(), List.of(removed));
        String told = new Briefing(1, new Circumstances(known, held, Set.of(), false)).json();
        agent.answer("/circumstances", 200, told);
    }

    private int apply() {
        return cli.run("prune", "--at", "off-site", "--apply", "--confirm", "foundation");
    }

    private List<BundleId> there() throws Exception {
        return TinyPoints.sealed(store).stream().sorted().toList();
    }

    @Test
    void thePlanTouchesNothingAndApplyRemovesWhatItSaid() throws Exception {
        assertThat(cli.run("prune", "--at", "off-site")).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("remove  " + ids.get(1))
                .contains("remove  " + ids.get(2))
                .contains("keep    " + ids.get(3))
                .contains("3 points kept, 2 removed.")
                .contains("prune --at off-site --apply");
        assertThat(there()).isEqualTo(ids);
        assertThat(agent.asked()).containsOnly("/circumstances");

        assertThat(cli.run("prune", "--at", "off-site", "--apply")).isEqualTo(ExitCodes.REFUSED);
        assertThat(there()).isEqualTo(ids);

        assertThat(apply()).as(cli.out() + cli.err()).isZero();
        assertThat(there()).containsExactly(ids.get(0), ids.get(3), ids.get(4));
        assertThat(agent.asked()).endsWith("/circumstances", "/pruned?at=off-site&sequences=2-3");
        circumstances(Set.of(), new Known.Range(2, 3));
        // Nobody lists their blobs any more; this host remembers that for the run of another day.
        assertThat(cli.run("prune", "--at", "off-site", "--json")).isZero();
        JsonNode blobs = JSON.readTree(cli.out()).path("blobs");
        assertThat(blobs.path("marked").asInt()).isEqualTo(2);
        assertThat(blobs.path("removable").asInt()).isZero();
        assertThat(folder.resolve("cli/marks-off-site")).exists();
    }

    @Test
    void whatIsLockedOrHeldStaysAndIsNoError() throws Exception {
        ObjectKey seal = new BundleKeys(ids.get(1)).seal();
        store.lock(seal, store.versions(seal).getFirst().version(), NOW.plus(Duration.ofHours(2)));
        assertThat(apply()).as(cli.out() + cli.err()).isZero();
        assertThat(cli.run("prune", "--at", "off-site")).isZero();
        assertThat(cli.out()).contains("keep    " + ids.get(1)).contains("locked until");
        assertThat(there()).containsExactly(ids.get(0), ids.get(1), ids.get(3), ids.get(4));
    }

    @Test
    void whatAPersonHoldsStays() throws Exception {
        circumstances(Set.of(ids.get(2)));
        assertThat(apply()).as(cli.out() + cli.err()).isZero();
        assertThat(there()).containsExactly(ids.get(0), ids.get(2), ids.get(3), ids.get(4));
    }

    @Test
    void nothingIsRemovedThatCouldNotBeAnnounced() throws Exception {
        Files.delete(agent.file(FakeAgent.name("/pruned?at=off-site&sequences=2-3")));
        assertThat(apply()).isEqualTo(ExitCodes.FAILED);
        assertThat(there()).isEqualTo(ids);
    }

    @Test
    void withoutKeysOrBesideAnotherRunNothingIsDone() throws Exception {
        cli.typed = "only-one-line\n";
        assertThat(apply()).as(cli.err()).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("two lines on standard input");
        cli.typed = keys(server.root().as("test-root", "not-the-secret-at-all"));
        assertThat(apply()).isEqualTo(ExitCodes.FAILED);
        cli.typed = keys(server.root());
        try (RunLocks locks = RunLocks.in(folder.resolve("cli/locks"), Clock.systemUTC());
                RunLock held = locks.tryAcquire("backup").orElseThrow()) {
            assertThat(apply()).isEqualTo(ExitCodes.REFUSED);
        }
        assertThat(there()).isEqualTo(ids);
        assertThat(cli.run("prune", "--at", "local")).isEqualTo(ExitCodes.WRONG_USAGE);
    }

    @Test
    void theKeysAreOnNoDisk() throws Exception {
        assertThat(apply()).isZero();
        assertThat(cli.out() + cli.err()).doesNotContain(server.root().secretKey());
        try (Stream<Path> files = Files.walk(folder.resolve("cli"))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(each, StandardCharsets.ISO_8859_1))
                        .as(each.toString())
                        .doesNotContain(server.root().secretKey());
            }
        }
    }
}
