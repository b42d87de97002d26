package dev.foundation.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.agent.ControlDoor.NotThere;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Known;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.prune.Briefing;
import dev.foundation.prune.Circumstances;
import dev.foundation.schedule.Job;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.testing.Faults;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.TinyPoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pruner's job over a local and an off-site store: what it removes, what it locks, what it may not, whom it believes (S7, P3, R5.1). */
@Timeout(60)
final class PruneJobTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant NOON = Instant.parse("2026-10-17T12:00:00Z");

    @TempDir
    private Path folder;

    private final MemoryStore local = new MemoryStore("local");
    private final MemoryStore offSite = new MemoryStore("off-site");
    private final List<BundleId> ids = new ArrayList<>();
    private final List<RunEvent> events = new ArrayList<>();
    private final TinyPoints points = new TinyPoints(1, 2);
    private List<ObjectStore> opened = List.of(local, offSite);
    private AgentPlaces places;
    private Ledger ledger;

    @BeforeEach
    void fivePointsAtBothPlaces() throws Exception {
        places = new AgentPlaces(
                Files.createDirectory(folder.resolve("job")),
                Files.createDirectory(folder.resolve("secrets")),
                Files.createDirectory(folder.resolve("state")),
                Files.createDirectory(folder.resolve("locks")),
                folder);
        ledger = new Ledger(places.locks());
        for (Instant each : List.of(
                NOON, // the oldest stays while there are few
                NOON.plus(Duration.ofHours(1)),
                NOON.plus(Duration.ofHours(2)),
                NOON.plus(Duration.ofHours(3)), // the last of its day
                NOW.minus(Duration.ofHours(1)))) {
            ids.add(new BundleId(each));
            points.take(ids.getLast(), List.of(local, offSite), List.of(ids.size()));
        }
        local.now(NOW);
        offSite.now(NOW);
        ledger.lastRun(Verdict.COMPLETE, NOW.minus(Duration.ofHours(1)), points.known());
        Files.write(places.job().resolve(BackupPlan.FILE), new JsonMapper().writeValueAsBytes(plan()));
    }

    private static BackupPlan plan() {
        return new BackupPlan(
                "unit",
                TinyPoints.INSTANCE,
                1,
                List.of("age1"),
                TinyPoints.TRUST.publicLines(),
                1,
                "0 3 * * *",
                "30 4 * * *",
                "",
                "UTC",
                0,
                new BackupPlan.Retention(7, 4, 6, 1),
                List.of(
                        new BackupPlan.Destination("local", "s3", "http://s3:9000", "b", "us-east-1", true),
                        new BackupPlan.Destination("off-site", "s3", "https://s3.example.org", "b", "us-east-1", true)),
                Map.of(),
                List.of(),
                Map.of());
    }

    private PruneJob job() {
        return new PruneJob(places, InstantSource.fixed(NOW), plan -> Stores.of(opened));
    }

    private RunEvent.Ended run() throws IOException, InterruptedException {
        return job().run(plan(), Map.of(), events::add);
    }

    private Optional<Instant> locked(MemoryStore store, BundleId id) throws StoreException, InterruptedException {
        ObjectKey seal = new BundleKeys(id).seal();
        return store.lockedUntil(seal, "");
    }

    @Test
    void itRemovesHereAndOnlyLocksOffSite() throws Exception {
        RunEvent.Ended ended = run();

        assertThat(ended.problems()).isEmpty();
        assertThat(ended.verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(TinyPoints.sealed(local)).containsExactlyInAnyOrder(ids.get(0), ids.get(3), ids.get(4));
        assertThat(TinyPoints.sealed(offSite)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ledger.removed("local")).containsExactly(new Known.Range(2, 3));
        assertThat(ledger.removed("off-site")).isEmpty();
        assertThat(locked(offSite, ids.get(4)))
                .hasValueSatisfying(until -> assertThat(until).isAfter(NOW.plus(Duration.ofDays(6))));
        assertThat(locked(offSite, ids.get(1))).as("no lock for what may go").isEmpty();
        assertThat(places.state().resolve("marks-local")).exists();
    }

    @Test
    void whoMayNotLengthenOffSiteIsAnAlarmThatSaysWhichKeysAreWanted() throws Exception {
        offSite.fail(Faults.on("lock", new Faults.Fault.Throw(StoreException.Kind.DENIED)));
        RunEvent.Ended ended = run();
        assertThat(ended.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(ended.problems())
                .singleElement()
                .asString()
                .startsWith("the locks at off-site were not lengthened")
                .contains("offsiteKeeperAccessKey", "s3:PutObjectRetention");
        assertThat(TinyPoints.sealed(local)).as("pruned all the same").hasSize(3);
    }

    @Test
    void anOffSiteThatIsDownIsAnAlarmAndOneWithoutLocksIsNot() throws Exception {
        offSite.fail(call -> new Faults.Fault.Throw(StoreException.Kind.TRANSIENT));
        assertThat(run().problems()).singleElement().asString().contains("locks at off-site");

        opened = List.of(local, new MemoryStore("off-site", new ObjectStore.Traits(true, false)));
        assertThat(run().verdict()).isEqualTo(Verdict.COMPLETE);
    }

    @Test
    void withoutAPairForTheLocksItSaysThatNobodyLengthensThem() throws Exception {
        opened = List.of(local);
        assertThat(run().verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(events)
                .filteredOn(RunEvent.Warned.class::isInstance)
                .singleElement()
                .asString()
                .contains("nobody lengthens locks at off-site");
    }

    @Test
    void whatPeopleAndTheAgentWroteDownIsKept() throws Exception {
        ledger.hold(ids.get(1), true);
        assertThat(job().run(plan(), Map.of(), events::add).problems()).isEmpty();
        assertThat(TinyPoints.sealed(local)).contains(ids.get(1)).doesNotContain(ids.get(2));

        ledger.hold(ids.get(1), false);
        ledger.lastRun(Verdict.FAILED, NOW, points.known());
        run();
        assertThat(TinyPoints.sealed(local)).as("nothing after a failed run").contains(ids.get(1));
    }

    @Test
    void aStoreThatLacksTheNewestPointIsNotPrunedAndThatIsAnAlarm() throws Exception {
        Known later = new Known(9, points.known().seal(), List.of());
        ledger.lastRun(Verdict.COMPLETE, NOW, later);
        RunEvent.Ended ended = run();
        assertThat(ended.verdict()).isEqualTo(Verdict.SUSPICIOUS);
        assertThat(TinyPoints.sealed(local)).hasSize(5);
    }

    @Test
    void aPersonsOwnRunIsToldWhatIsKnownAndAnnouncesWhatItRemoves() throws Exception {
        ledger.hold(ids.get(1), true);
        ledger.verified(ids.get(3), "2026-11-21T06:00:00Z");
        ledger.accept(ids.get(2));
        EventLog log = new EventLog(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                places.state(),
                InstantSource.system());
        try (Agent agent = new Agent(
                places,
                InstantSource.system(),
                log,
                AgentState.load(places.state(), NOW),
                Map.of(Job.PRUNE, job()::run),
                0)) {
            ControlDoor.Questions questions = job().questions(agent);
            byte[] told = questions.json("/circumstances", Map.of()).getBytes(StandardCharsets.UTF_8);
            assertThat(Briefing.parse(told))
                    .isEqualTo(new Briefing(
                            1,
                            new Circumstances(
                                    points.known(),
                                    Set.of(ids.get(1)),
                                    Set.of(ids.get(3)),
                                    Set.of(ids.get(2)),
                                    false)));
            assertThatThrownBy(() -> Briefing.parse("{\"epoch\":1,\"sequence\":0}".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another version");

            questions.json("/pruned", Map.of("at", "off-site", "sequences", "2-3,5-5"));
            assertThat(ledger.removed("off-site")).containsExactly(new Known.Range(2, 3), new Known.Range(5, 5));
            assertThatThrownBy(() -> questions.json("/pruned", Map.of("at", "local", "sequences", "1-1")))
                    .isInstanceOf(NotThere.class);
            for (String bad : List.of("", "1", "3-2", "1-99999999999", "x-y")) {
                assertThatThrownBy(() -> questions.json("/pruned", Map.of("at", "off-site", "sequences", bad)))
                        .as(bad)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(new JsonMapper()
                            .readTree(questions.json("/prune", Map.of()))
                            .path("decisions")
                            .size())
                    .as("only of the places of this host")
                    .isEqualTo(5);
        }
    }
}
