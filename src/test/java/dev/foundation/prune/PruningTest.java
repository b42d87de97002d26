package dev.foundation.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealCache;
import dev.foundation.retention.RetentionPolicy;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.testing.Faults;
import dev.foundation.testing.Faults.Fault;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.TinyPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PruningTest {
    private static final RetentionPolicy TWO_DAYS =
            new RetentionPolicy(2, 0, 0, 0, Duration.ofHours(1), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final TinyPoints points = new TinyPoints(1);
    private final MemoryStore store = new MemoryStore("local");
    private final List<Long> announced = new ArrayList<>();
    private Marks marks = Marks.none();
    private Circumstances circumstances = new Circumstances(Known.nothing(), Set.of(), Set.of(), false);

    private static BundleId day(int day) {
        return new BundleId(Instant.parse("2026-11-01T03:00:00Z").plus(Duration.ofDays(day)));
    }

    /** When pruning runs. */
    private static Instant noon(int day) {
        return day(day).moment().plus(Duration.ofHours(9));
    }

    private void take(int day, Integer... objects) throws Exception {
        store.now(day(day).moment().plusSeconds(60));
        points.take(day(day), List.of(store), List.of(objects));
    }

    private Pruning pruning() {
        return new Pruning(store, TinyPoints.TRUST, TWO_DAYS, SealCache.none());
    }

    private PrunePlan plan(int day) throws Exception {
        return pruning().plan(circumstances, marks, noon(day));
    }

    private Pruning.Outcome apply(int day) throws Exception {
        store.now(noon(day));
        Pruning.Outcome outcome = pruning().apply(plan(day), announced::addAll, event -> {});
        marks = outcome.marks();
        List<Known.Range> removed =
                announced.stream().map(each -> new Known.Range(each, each)).toList();
        circumstances = new Circumstances(
                Known.nothing(removed), circumstances.held(), circumstances.verified(), circumstances.lastRunFailed());
        return outcome;
    }

    private static ObjectKey key(int day, String name) {
        return new BundleKeys(day(day)).object(name);
    }

    private static ObjectKey blob(int object) {
        return BundleKeys.blob(TinyPoints.name(object, 0));
    }

    private void whole() throws Exception {
        assertThat(TinyPoints.faults(store, Set.of())).isEmpty();
    }

    private boolean has(int object) {
        return store.bytes(blob(object)).isPresent();
    }

    @Test
    void pointsBeyondThePolicyGoAndTheirSequencesAreToldBefore() throws Exception {
        for (int i = 1; i <= 4; i++) {
            take(i, 1, i + 10);
        }
        store.fail(call ->
                call.operation().equals("delete") && announced.isEmpty() ? new Fault.Throw(Kind.OTHER) : Faults.NONE);

        Pruning.Outcome outcome = apply(4);

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.removed()).containsExactly(day(1), day(2));
        assertThat(announced).containsExactly(1L, 2L);
        assertThat(TinyPoints.sealed(store)).containsExactly(day(3), day(4));
        assertThat(store.keys()).noneMatch(each -> each.startsWith(day(1) + "/"));
        whole();
        assertThat(plan(4).removals()).isEmpty();
        assertThat(TinyPoints.list(store, circumstances.known()).alarms()).isEmpty();
    }

    @Test
    void aBlobGoesOnlyAfterTwoRunsADayApartWithPointsInBetween() throws Exception {
        take(1, 1, 2);
        take(2, 2);
        take(3, 2);
        apply(3);
        assertThat(TinyPoints.sealed(store)).containsExactly(day(2), day(3));
        assertThat(marks.count()).isZero(); // listed when the run began

        apply(3);
        assertThat(marks.count()).isEqualTo(1);
        assertThat(plan(6).blobs().removable()).as("no point since").isZero();
        take(4, 2);
        assertThat(plan(4).blobs().removable()).as("a day by both clocks").isEqualTo(1);
        marks.save(folder.resolve("marks"), store);
        marks = Marks.load(folder.resolve("marks"), store);

        PrunePlan last = plan(4);
        assertThat(last.blobs().removableSize()).isEqualTo(20);
        Pruning.Outcome outcome = apply(4);

        assertThat(outcome.blobs()).isEqualTo(1);
        assertThat(outcome.freed()).isEqualTo(20);
        assertThat(has(1)).isFalse();
        assertThat(has(2)).isTrue();
        whole();
    }

    @Test
    void theStoresOwnClockCountsToo() throws Exception {
        take(1, 1, 2);
        take(2, 2);
        take(3, 2);
        apply(3);
        apply(3);
        assertThat(marks.count()).isEqualTo(1);

        store.now(day(3).moment().plusSeconds(90)); // the store's clock stands, or ours has jumped
        points.take(day(4), List.of(store), List.of(2));

        assertThat(plan(4).blobs().removable()).isZero();
        assertThat(plan(4).blobs().marked()).isEqualTo(1);
    }

    @Test
    void aBlobThatAPointListsAgainLosesItsMark() throws Exception {
        take(1, 1, 2);
        take(2, 2);
        take(3, 2);
        apply(3);
        apply(3);
        // The object is back, under its old name: a point that is sealed at this very moment lists it.
        var other = new TinyPoints(1);
        byte[] bytes = store.bytes(blob(1)).orElseThrow();
        store.delete(blob(1));
        take(4, 1, 2);
        assertThat(store.bytes(blob(1)).orElseThrow()).isNotEqualTo(bytes);

        apply(4);
        take(5, 2);
        take(6, 2);
        apply(6);

        whole();
        assertThat(has(1)).as("a mark of before counts no more").isTrue();
        assertThat(other.sequence()).isZero();
    }

    @Test
    void blobsOfARunUnderWayAreSafe() throws Exception {
        take(1, 1);
        take(2, 1);
        store.now(day(3).moment());
        assertThatThrownBy(() -> points.take(day(3), List.of(store), List.of(1, 2, 3), List.of(), 3))
                .isInstanceOf(TinyPoints.Stopped.class);

        PrunePlan plan = plan(3);

        assertThat(plan.blobs().suspended().orElseThrow()).contains(day(3).toString(), "a run may be writing it");
        assertThat(plan.removals()).isEmpty();
        apply(3);
        assertThat(has(2)).isTrue();
        assertThat(has(3)).isTrue();
    }

    @Test
    void whatARunThatWasStoppedHasLeftGoesInTheEnd() throws Exception {
        take(1, 1);
        store.now(day(2).moment());
        assertThatThrownBy(() -> points.take(day(2), List.of(store), List.of(1, 2), List.of(), 3))
                .isInstanceOf(TinyPoints.Stopped.class);
        take(3, 1, 3);
        for (int i = 4; i <= 8; i++) {
            take(i, 1, 3);
            apply(i);
            whole();
        }
        assertThat(store.keys()).noneMatch(each -> each.startsWith(day(2) + "/"));
        assertThat(has(2)).isFalse();
        assertThat(has(3)).isTrue();
    }

    @Test
    void nothingIsCollectedWhileOneInventoryCannotBeRead() throws Exception {
        take(1, 1, 2);
        take(2, 2);
        take(3, 2, 3);
        apply(3);
        apply(3);
        take(4, 2, 4);
        assertThat(plan(4).blobs().removable()).isEqualTo(1);
        store.damage(key(3, Names.INVENTORY));

        PrunePlan plan = plan(4);

        assertThat(plan.blobs().suspended().orElseThrow())
                .contains(key(3, Names.INVENTORY).path());
        assertThat(plan.blobs().removable()).isZero();
        assertThat(plan.blobs().kept()).isEqualTo(4);
        apply(4);
        assertThat(has(1)).isTrue();
        assertThat(marks.count()).as("the marks stay").isEqualTo(1);
    }

    @Test
    void aFailedListingIsNoEmptyStore() throws Exception {
        for (int i = 1; i <= 4; i++) {
            take(i, 1);
        }
        for (String operation : List.of("folders", "versions", "list", "open")) {
            store.fail(Faults.on(operation, new Fault.Throw(Kind.TRANSIENT)));
            if (operation.equals("open")) {
                assertThatThrownBy(() -> plan(4)).isInstanceOf(StoreException.class);
            } else {
                assertThatThrownBy(() -> plan(4)).as(operation).isInstanceOf(StoreException.class);
            }
        }
    }

    @Test
    void aHiddenPointSuspendsTheCollection() throws Exception {
        take(1, 1);
        take(2, 1, 2);
        take(3, 1, 3);
        new Removal(store).remove(day(2));

        assertThat(plan(3).blobs().suspended().orElseThrow()).contains("sequence 2 is missing");
    }

    @Test
    void refusedFoldersAreNeverTouchedAndSaySo() throws Exception {
        for (int i = 1; i <= 4; i++) {
            take(i, i);
        }
        store.damage(key(1, Names.SIGNATURE));

        PrunePlan plan = plan(4);

        assertThat(plan.removals()).containsExactly(day(2));
        assertThat(plan.decisions()).anySatisfy(each -> {
            assertThat(each.id()).isEqualTo(day(1));
            assertThat(each.keeps()).isTrue();
            assertThat(each.reasons()).singleElement().asString().startsWith("refused");
        });
        assertThat(plan.blobs().suspended()).isPresent();
        assertThat(plan.warnings()).anyMatch(each -> each.contains(day(1) + " is refused"));
    }

    @Test
    void nothingGoesWhileASealHasASecondVersion() throws Exception {
        for (int i = 1; i <= 4; i++) {
            take(i, i);
        }
        store.overwrite(key(4, Names.SEAL), new byte[] {1});

        PrunePlan plan = plan(4);

        assertThat(plan.removals()).isEmpty();
        assertThat(plan.alarms()).singleElement().asString().contains("2 versions");
    }

    @Test
    void nothingGoesAfterAFailedOrSuspiciousRunNorWhatIsHeldOrVerified() throws Exception {
        for (int i = 1; i <= 5; i++) {
            take(i, i);
        }
        assertThat(plan(5).removals()).containsExactly(day(1), day(2), day(3));
        circumstances = new Circumstances(Known.nothing(), Set.of(day(1)), Set.of(day(2)), false);
        assertThat(plan(5).removals()).containsExactly(day(3));

        circumstances = new Circumstances(Known.nothing(), Set.of(), Set.of(), true);
        assertThat(plan(5).removals()).isEmpty();
        assertThat(plan(5).blobs().suspended().orElseThrow()).contains("failed");
        circumstances = new Circumstances(Known.nothing(), Set.of(), Set.of(), false);
        store.now(day(6).moment());
        points.take(day(6), List.of(store), List.of(1), List.of("rows fell off"), Integer.MAX_VALUE);
        assertThat(plan(6).removals()).isEmpty();
        assertThat(plan(6).blobs().suspended().orElseThrow()).contains("suspicious");
    }

    @Test
    void nothingGoesByAClockThatThePointsContradict() throws Exception {
        for (int i = 1; i <= 5; i++) {
            take(i, i);
        }
        for (int day : List.of(0, 3, 60, 4000)) {
            assertThat(plan(day).removals()).as("day %d", day).isEmpty();
            assertThat(plan(day).blobs().suspended()).as("day %d", day).isPresent();
        }
    }

    @Test
    void aPlanForShowIsNotApplied() throws Exception {
        take(1, 1);
        PrunePlan plan = pruning().look(circumstances, marks, noon(1));
        assertThatThrownBy(() -> pruning().apply(plan, sequences -> {}, event -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsLockedStaysAndIsNoFailure() throws Exception {
        for (int i = 1; i <= 4; i++) {
            take(i, i);
        }
        Instant until = noon(30);
        ObjectKey version = key(1, DUMP);
        store.lock(version, store.versions(version).getFirst().version(), until);

        PrunePlan plan = plan(4);
        assertThat(plan.removals()).containsExactly(day(2));

        store.lock(
                key(2, Names.SIGNATURE),
                store.versions(key(2, Names.SIGNATURE)).getFirst().version(),
                until);
        store.now(noon(4));
        Pruning.Outcome outcome = pruning().apply(plan, announced::addAll, event -> {});
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.locked()).singleElement().asString().contains(day(2).toString(), "is locked until " + until);
        assertThat(TinyPoints.sealed(store)).contains(day(2));
        whole();
    }

    private static final String DUMP = Names.POSTGRES + Names.AGE;

    @Test
    void nothingIsRemovedThatCouldNotBeAnnounced() throws Exception {
        for (int i = 1; i <= 4; i++) {
            take(i, i);
        }
        PrunePlan plan = plan(4);
        assertThatThrownBy(() -> pruning()
                        .apply(
                                plan,
                                sequences -> {
                                    throw new IOException("the disk is full");
                                },
                                event -> {}))
                .hasMessage("the disk is full");
        assertThat(TinyPoints.sealed(store)).hasSize(4);
    }

    @Test
    void aFolderThatAppearsStopsTheCollection() throws Exception {
        take(1, 1, 2);
        take(2, 2);
        take(3, 2);
        apply(3);
        apply(3);
        take(4, 2);
        PrunePlan plan = plan(4);
        assertThat(plan.blobs().removable()).isEqualTo(1);
        TinyPoints.put(store, key(5, DUMP), new byte[1]);

        assertThat(pruning().apply(plan, announced::addAll, event -> {}).blobs())
                .isZero();
        assertThat(has(1)).isTrue();
    }

    @Test
    void marksOfAnotherStoreOrFromADamagedFileAreNone() throws Exception {
        take(1, 1, 2);
        take(2, 2);
        take(3, 2);
        apply(3);
        apply(3);
        Path file = folder.resolve("marks");
        marks.save(file, store);
        assertThat(Marks.load(file, store).count()).isEqualTo(1);
        assertThat(Marks.load(file, new MemoryStore("other")).count()).isZero();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(Marks.load(file, store).count()).isZero();
        assertThat(Marks.load(folder.resolve("none"), store).count()).isZero();
    }

    @Test
    void thePlanAsJson() throws Exception {
        for (int i = 1; i <= 3; i++) {
            take(i, 1, i + 1);
        }
        JsonNode one = new JsonMapper().readTree(PrunePlan.json(List.of(plan(3))));
        assertThat(one.path("warnings").isArray()).isTrue();
        assertThat(one.path("decisions").size()).isEqualTo(3);
        JsonNode newest = one.path("decisions").path(0);
        assertThat(newest.path("point").asText()).isEqualTo(day(3).toString());
        assertThat(newest.path("keep").asBoolean()).isTrue();
        assertThat(newest.path("reasons").path(0).asText()).isEqualTo("newest point");
        assertThat(newest.has("place")).isFalse();
        assertThat(one.path("decisions").path(2).path("keep").asBoolean()).isFalse();
        assertThat(one.path("blobs").path("kept").asInt()).isEqualTo(4);

        JsonNode two = new JsonMapper().readTree(PrunePlan.json(List.of(plan(3), plan(3))));
        assertThat(two.path("decisions").size()).isEqualTo(6);
        assertThat(two.path("decisions").path(0).path("place").asText()).isEqualTo("local");
        assertThat(two.path("blobs").path("kept").asInt()).isEqualTo(8);
    }

    @Test
    void killedAtAnyCallEverySealedPointIsWholeAndTheNextRunEndsTheWork() throws Exception {
        take(1, 1, 2);
        take(2, 2);
        take(3, 2, 3);
        apply(3);
        apply(3);
        take(4, 2, 3);
        take(5, 2, 3);
        take(6, 2);
        MemoryStore before = store.copy("local");
        int cases = 0;
        for (int call = 1; ; call++) {
            int first = call;
            MemoryStore one = before.copy("local");
            var pruning = new Pruning(one, TinyPoints.TRUST, TWO_DAYS, SealCache.none());
            PrunePlan plan = pruning.plan(circumstances, marks, noon(6));
            assertThat(plan.removals()).hasSize(3);
            assertThat(plan.blobs().removable()).isEqualTo(1);
            List<Long> told = new ArrayList<>(announced);
            one.now(noon(6));
            one.fail(each -> each.number() >= first ? new Fault.Throw(Kind.TRANSIENT) : Faults.NONE);
            Pruning.Outcome outcome = pruning.apply(plan, told::addAll, event -> {});
            int calls = one.calls();
            one.fail(Faults.none());

            assertThat(TinyPoints.faults(one, Set.of()))
                    .as("killed at call %d", call)
                    .isEmpty();
            assertThat(TinyPoints.sealed(one)).contains(day(5), day(6));

            var again = new Circumstances(
                    Known.nothing(told.stream()
                            .map(each -> new Known.Range(each, each))
                            .toList()),
                    Set.of(),
                    Set.of(),
                    false);
            PrunePlan rest = pruning.plan(again, marks, noon(6));
            assertThat(rest.alarms()).isEmpty();
            Pruning.Outcome last = pruning.apply(rest, told::addAll, event -> {});
            // A folder that was half-removed a moment ago is an unsealed one, and as old as its objects.
            assertThat(last.problems()).isEmpty();
            assertThat(TinyPoints.list(one, again.known()).points()).hasSize(2);
            assertThat(one.bytes(blob(1))).isEmpty();
            assertThat(TinyPoints.faults(one, Set.of())).isEmpty();
            cases++;
            if (calls < call) {
                assertThat(outcome.problems()).isEmpty();
                break;
            }
        }
        System.out.println("prune: killed at " + cases + " calls");
        assertThat(cases).isGreaterThan(20);
        assertThat(Optional.of(before.keys()).get()).isNotEmpty();
    }
}
