package dev.foundation.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.proof.CheckName;
import dev.foundation.proof.CheckResult;
import dev.foundation.proof.Evidence;
import dev.foundation.proof.Proofs;
import dev.foundation.prune.Circumstances;
import dev.foundation.prune.Marks;
import dev.foundation.prune.Pruning;
import dev.foundation.replicate.Replication;
import dev.foundation.retention.RetentionPolicy;
import dev.foundation.schedule.Job;
import dev.foundation.seal.SealKey;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectStore;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.PointFixture;
import dev.foundation.verify.IntegrityCheck;
import dev.foundation.verify.IntegrityReport;
import dev.foundation.verify.Sample;
import dev.foundation.verify.Which;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose evidence is kept, what it does to the agent's memory and alarms, and that it harms no listing, check, copy or pruning. */
@Timeout(120)
final class EvidenceDeskTest {
    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

    @TempDir
    private Path folder;

    private final MemoryStore local = new MemoryStore("local");
    private final MemoryStore offsite = new MemoryStore("off-site");
    private final List<ObjectStore> stores = List.of(local, offsite);
    private final EvidenceDesk desk = new EvidenceDesk(InstantSource.fixed(NOW));
    private PointFixture fixture;
    private SignedSeal point;
    private BackupPlan plan;

    @BeforeEach
    void aPoint() throws Exception {
        fixture = new PointFixture(folder, stores);
        fixture.buckets().put("media", "a", "content");
        point = fixture.take();
        plan = new BackupPlan(
                "unit",
                point.seal().instance(),
                1,
                List.of("age1"),
                List.of(fixture.sealKey().publicLine()),
                1,
                "0 3 * * *",
                "",
                "",
                "UTC",
                0,
                new BackupPlan.Retention(7, 4, 6, 1),
                List.of(),
                Map.of(),
                List.of(),
                Map.of());
    }

    private Evidence evidence(Instant ended, boolean green) {
        List<CheckResult> checks = Stream.of(CheckName.values())
                .map(each -> new CheckResult(each, 1, Duration.ZERO, List.of()))
                .toList();
        return Evidence.of(
                point.seal(),
                "a host",
                "1",
                ended.minusSeconds(60),
                ended,
                List.of(),
                checks,
                green ? List.of() : List.of("Vault did not start"));
    }

    private byte[] envelope(Evidence evidence, SealKey key) {
        return new JsonMapper()
                .createObjectNode()
                .put("evidence", new String(evidence.bytes(), StandardCharsets.UTF_8))
                .put("signature", evidence.sign(key))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void itIsKeptEverywhereAndTheNewestOfEachPointIsTold() throws Exception {
        assertThat(desk.accept(envelope(evidence(NOW.minusSeconds(7200), false), fixture.sealKey()), plan, stores)
                        .problems())
                .isEmpty();
        desk.accept(envelope(evidence(NOW, true), fixture.sealKey()), plan, stores);
        EvidenceDesk.Told told = desk.tell(plan, stores);
        assertThat(told.alarms()).isEmpty();
        assertThat(told.newest().get(point.seal().point()).verdict()).isEqualTo(Evidence.Verdict.GREEN);
        for (ObjectStore each : stores) {
            List<String> keys = new ArrayList<>();
            each.list("proofs/", object -> keys.add(object.key().path()));
            assertThat(keys).hasSize(6);
        }
    }

    @Test
    void whatIsNotToBeBelievedIsRefusedBeforeAnythingIsWritten() throws Exception {
        Evidence good = evidence(NOW, true);
        SealKey stranger = SealKey.generate(new SecureRandom());
        var another = new Evidence(
                "00000000-c54c-4ce8-9f2b-9d1f6c1ee0aa",
                good.point(),
                1,
                good.sequence(),
                "a host",
                Map.of(),
                NOW,
                NOW,
                List.of(),
                Duration.ZERO,
                good.checks(),
                List.of());
        var unknown = new Evidence(
                good.instance(),
                good.point(),
                1,
                99,
                "a host",
                Map.of(),
                NOW,
                NOW,
                List.of(),
                Duration.ZERO,
                good.checks(),
                List.of());
        for (byte[] bad : List.of(
                envelope(good, stranger),
                envelope(another, fixture.sealKey()),
                envelope(unknown, fixture.sealKey()),
                envelope(evidence(NOW.plus(Duration.ofDays(1)), true), fixture.sealKey()),
                "{}".getBytes(StandardCharsets.US_ASCII),
                "no JSON".getBytes(StandardCharsets.US_ASCII),
                new byte[Proofs.MAX_BYTES + 1])) {
            assertThatThrownBy(() -> desk.accept(bad, plan, stores)).isInstanceOf(IllegalArgumentException.class);
        }
        for (ObjectStore each : stores) {
            each.list("proofs/", object -> {
                throw new AssertionError(object.key() + " was written");
            });
        }
    }

    @Test
    void listingIntegrityReplicationAndPruningTakeItForNoDamage() throws Exception {
        desk.accept(envelope(evidence(NOW, true), fixture.sealKey()), plan, stores);
        IntegrityReport report = new IntegrityCheck(
                        stores, fixture.trust(), store -> fixture.known(), new Sample(100, new Random(1)), event -> {})
                .run(new Which.All());
        assertThat(report.findings()).isEmpty();
        var third = new MemoryStore("third");
        Replication.Report copied = new Replication(
                        List.of(local, third),
                        fixture.trust(),
                        store -> dev.foundation.bundle.SealCache.none(),
                        event -> {})
                .run(fixture.known());
        assertThat(copied.problems()).isEmpty();
        Pruning pruning =
                new Pruning(local, fixture.trust(), RetentionPolicy.of(plan), dev.foundation.bundle.SealCache.none());
        var made = pruning.plan(
                new Circumstances(fixture.known(), java.util.Set.of(), java.util.Set.of(), false), Marks.none(), NOW);
        assertThat(made.alarms()).isEmpty();
        Pruning.Outcome outcome = pruning.apply(made, sequences -> {}, event -> {});
        assertThat(outcome.problems()).isEmpty();
        assertThat(desk.tell(plan, List.of(local)).newest()).hasSize(1);
    }

    private Agent agent(List<String> lines) throws Exception {
        AgentPlaces places = new AgentPlaces(
                Files.createDirectory(folder.resolve("job")),
                Files.createDirectory(folder.resolve("secrets")),
                Files.createDirectory(folder.resolve("state")),
                Files.createDirectory(folder.resolve("locks")),
                folder);
        Files.write(places.job().resolve(BackupPlan.FILE), new JsonMapper().writeValueAsBytes(plan));
        EventLog log = new EventLog(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
                    @Override
                    public void println(String line) {
                        lines.add(line);
                    }
                },
                places.state(),
                InstantSource.fixed(NOW));
        return new Agent(
                places,
                InstantSource.fixed(NOW),
                log,
                AgentState.load(places.state(), NOW),
                Map.of(Job.VERIFY, (given, parameters, events) -> {
                    throw new AssertionError("nothing is asked of this job");
                }),
                0);
    }

    @Test
    void aGreenProofIsASuccessARedOneIsNotAndAnOldOneChangesNothing() throws Exception {
        try (Agent agent = agent(new ArrayList<>())) {
            agent.proved(new EvidenceDesk.Accepted(evidence(NOW.minusSeconds(7200), true), List.of()));
            assertThat(agent.state().succeeded()).containsEntry(Job.PROOF, NOW.minusSeconds(7200));
            agent.proved(new EvidenceDesk.Accepted(evidence(NOW, false), List.of()));
            assertThat(agent.state().succeeded()).containsEntry(Job.PROOF, NOW.minusSeconds(7200));
            agent.proved(new EvidenceDesk.Accepted(evidence(NOW.minusSeconds(3600), true), List.of()));
            assertThat(agent.state().succeeded())
                    .as("sent again, after a newer one was red")
                    .containsEntry(Job.PROOF, NOW.minusSeconds(7200));
        }
    }

    @Test
    void theDoorTakesItByPostAndRefusesWhatIsTooMuch() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        try (Agent agent = agent(new ArrayList<>());
                ControlDoor door = ControlDoor.open(0, agent, new ControlDoor.Questions() {
                    @Override
                    public String json(String path, Map<String, String> parameters) {
                        return "{}";
                    }

                    @Override
                    public String take(String path, byte[] body) throws java.io.IOException, InterruptedException {
                        sizes.add(body.length);
                        return desk.accept(body, plan, stores)
                                .evidence()
                                .verdict()
                                .toString();
                    }

                    @Override
                    public java.io.InputStream bytes(dev.foundation.bundle.BundleId id, String name) {
                        return java.io.InputStream.nullInputStream();
                    }
                })) {
            assertThat(post(door, envelope(evidence(NOW, true), fixture.sealKey())))
                    .isEqualTo("200 GREEN");
            assertThat(post(door, new byte[Proofs.MAX_BYTES + 5000])).startsWith("400 evidence has at most");
            assertThat(sizes).contains(Proofs.MAX_BYTES + 1);
        }
    }

    private static String post(ControlDoor door, byte[] body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/proof"))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().strip();
        }
    }
}
