package dev.foundation.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.Trust;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.ObjectStore.Traits;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.testing.Faults;
import dev.foundation.testing.Faults.Fault;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.TinyPoints;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReplicationTest {
    private static final String DUMP = Names.POSTGRES + Names.AGE;
    private final TinyPoints points = new TinyPoints(1);
    private final MemoryStore local = new MemoryStore("local");
    private final MemoryStore far = new MemoryStore("off-site");

    private static BundleId day(int day) {
        return new BundleId(Instant.parse("2026-11-01T03:00:00Z").plusSeconds(86_400L * day));
    }

    private static ObjectKey key(int day, String name) {
        return new BundleKeys(day(day)).object(name);
    }

    private static ObjectKey blob(int object) {
        return BundleKeys.blob(TinyPoints.name(object, 0));
    }

    private static Replication replication(ObjectStore... stores) {
        return new Replication(List.of(stores), TinyPoints.TRUST, store -> SealCache.none(), event -> {});
    }

    private Replication.Report run() throws Exception {
        return replication(local, far).run(Known.nothing());
    }

    private static void whole(ObjectStore store) throws Exception {
        assertThat(TinyPoints.faults(store, Set.of())).isEmpty();
    }

    @Test
    void whatOneStoreLacksIsCopiedOldestFirstAndInBothDirections() throws Exception {
        points.take(day(1), List.of(local, far), List.of(1, 2));
        points.take(day(2), List.of(local), List.of(1, 2, 3));
        points.take(day(3), List.of(far), List.of(2, 4));
        points.take(day(4), List.of(local), List.of(2, 3, 4, 5));

        Replication.Report report = run();

        assertThat(report.problems()).isEmpty();
        assertThat(report.copied()).containsExactly(day(3), day(2), day(4));
        assertThat(report.bytes()).isPositive();
        for (MemoryStore each : List.of(local, far)) {
            assertThat(TinyPoints.sealed(each)).containsExactly(day(1), day(2), day(3), day(4));
            assertThat(TinyPoints.list(each, points.known()).alarms()).isEmpty();
            whole(each);
        }
        assertThat(run().copied()).isEmpty();
    }

    @Test
    void blobsThatATargetHasDoNotTravel() throws Exception {
        points.take(day(1), List.of(local, far), List.of(1, 2, 3));
        points.take(day(2), List.of(local), List.of(1, 2, 3, 4));
        far.fail(Faults.of(blob(1).path(), new Fault.Throw(Kind.OTHER)));

        assertThat(run().problems()).isEmpty();
        far.fail(Faults.none());
        whole(far);
    }

    @Test
    void damagedBytesAreNeverPublishedAndAGoodOlderVersionIsTaken() throws Exception {
        points.take(day(1), List.of(local), List.of(1));
        points.take(day(2), List.of(local), List.of(1));
        local.damage(key(1, DUMP));
        local.overwrite(key(2, DUMP), "forged".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        Replication.Report report = run();

        assertThat(report.copied()).containsExactly(day(2));
        assertThat(report.problems()).singleElement().asString().contains(day(1).toString(), DUMP, "damaged");
        assertThat(far.keys())
                .doesNotContain(key(1, DUMP).path(), key(1, Names.SEAL).path());
        whole(far);
    }

    @Test
    void anotherStoreServesWhereTheFirstIsDamaged() throws Exception {
        var third = new MemoryStore("third");
        points.take(day(1), List.of(local, far), List.of(1));
        local.damage(key(1, DUMP));
        local.damage(blob(1));

        assertThat(replication(local, far, third).run(Known.nothing()).problems())
                .isEmpty();
        whole(third);
    }

    @Test
    void anUnsealedFolderKeepsWhatMatchesAndIsRefusedOtherwise() throws Exception {
        points.take(day(1), List.of(local), List.of(1));
        points.take(day(2), List.of(local), List.of(1));
        points.take(day(3), List.of(local), List.of(1));
        TinyPoints.put(far, key(1, DUMP), local.bytes(key(1, DUMP)).orElseThrow());
        TinyPoints.put(far, key(2, DUMP), new byte[40]);
        TinyPoints.put(far, key(3, "more"), new byte[1]);

        Replication.Report report = run();

        assertThat(report.copied()).containsExactly(day(1));
        assertThat(report.problems()).hasSize(2);
        assertThat(report.problems().getFirst()).contains(key(2, DUMP).path(), "other bytes");
        assertThat(report.problems().getLast()).contains(key(3, "more").path(), "does not name");
        assertThat(far.bytes(key(2, DUMP))).hasValue(new byte[40]);
        whole(far);
    }

    @Test
    void aBlobOfTheSameNameAndSizeButOtherBytesIsNoticed() throws Exception {
        points.take(day(1), List.of(local), List.of(1));
        TinyPoints.put(far, blob(1), new byte[20]);
        assertThat(run().problems()).isEmpty();
        whole(far);
        assertThat(far.versions(blob(1))).hasSize(2);

        var folder = new MemoryStore("folder", new Traits(false, false));
        TinyPoints.put(folder, blob(1), new byte[20]);
        Replication.Report report = replication(local, folder).run(Known.nothing());
        assertThat(report.problems()).singleElement().asString().contains(blob(1).path(), "other bytes");
        assertThat(TinyPoints.sealed(folder)).isEmpty();
    }

    @Test
    void whatWasPrunedIsNotBroughtBack() throws Exception {
        points.take(day(1), List.of(local), List.of(1));
        points.take(day(2), List.of(local), List.of(1));

        var known = new Known(0, java.util.Optional.empty(), List.of(new Known.Range(1, 1)));

        assertThat(replication(local, far).run(known).copied()).containsExactly(day(2));
    }

    @Test
    void twoSealsOfOneNameAreToldAndNeitherIsTouched() throws Exception {
        points.take(day(1), List.of(local), List.of(1));
        points.take(day(1), List.of(far), List.of(2));

        assertThat(run().problems()).hasSize(2).first().asString().contains("another seal");
        assertThat(run().copied()).isEmpty();
    }

    @Test
    void aStoreThatWasClaimedByANewerEpochGetsNothing() throws Exception {
        points.take(day(1), List.of(local), List.of(1));
        var report = new Replication(
                        List.of(local, far),
                        new Trust(TinyPoints.INSTANCE, 0, TinyPoints.TRUST.publicLines()),
                        store -> SealCache.none(),
                        event -> {})
                .run(Known.nothing());

        assertThat(report.problems()).singleElement().asString().contains("recovered elsewhere");
        assertThat(far.keys()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerIsAProblemAndTheOthersAreServed() throws Exception {
        var third = new MemoryStore("third");
        points.take(day(1), List.of(local), List.of(1));
        far.fail(Faults.on("folders", new Fault.Throw(Kind.TRANSIENT)));

        Replication.Report report = replication(local, far, third).run(Known.nothing());

        assertThat(report.problems()).singleElement().asString().startsWith("off-site does not answer");
        whole(third);
        assertThat(TinyPoints.sealed(third)).containsExactly(day(1));
    }

    @Test
    void killedAtAnyCallNothingHalfIsAPointAndTheNextRunGoesOn() throws Exception {
        points.take(day(1), List.of(local, far), List.of(1));
        points.take(day(2), List.of(local), List.of(1, 2, 3));
        points.take(day(3), List.of(far), List.of(3, 4));
        int cases = 0;
        for (boolean near : List.of(true, false)) {
            for (int call = 1; ; call++) {
                MemoryStore one = local.copy("local");
                MemoryStore other = far.copy("off-site");
                (near ? one : other).fail(Faults.from(1, "", Faults.NONE));
                (near ? one : other).fail(after(call));
                Replication.Report report = replication(one, other).run(Known.nothing());
                int calls = (near ? one : other).calls();
                one.fail(Faults.none());
                other.fail(Faults.none());
                for (MemoryStore each : List.of(one, other)) {
                    assertThat(TinyPoints.faults(each, Set.of()))
                            .as("killed at call %d of %s", call, near ? "local" : "off-site")
                            .isEmpty();
                }
                replication(one, other).run(Known.nothing());
                for (MemoryStore each : List.of(one, other)) {
                    assertThat(TinyPoints.sealed(each)).containsExactly(day(1), day(2), day(3));
                    whole(each);
                }
                cases++;
                if (calls < call) {
                    assertThat(report.problems()).isEmpty();
                    break;
                }
            }
        }
        System.out.println("replicate: killed at " + cases + " calls");
        assertThat(cases).isGreaterThan(60);
    }

    /** The store is gone from this call on, as when the process is. */
    private static Faults after(int first) {
        return call -> call.number() >= first ? new Fault.Throw(Kind.TRANSIENT) : Faults.NONE;
    }

    @Test
    void repairPutsWhatIsMissingAndAddsAVersionOverWhatIsDamaged() throws Exception {
        points.take(day(1), List.of(local, far), List.of(1, 2));
        points.take(day(2), List.of(local, far), List.of(1, 2));
        local.damage(key(1, DUMP));
        local.delete(key(2, Names.VERSIONS));
        far.damage(blob(1));
        far.delete(blob(2));

        Replication.Report report = replication(local, far).repair(Known.nothing(), any -> true);

        assertThat(report.problems()).isEmpty();
        whole(local);
        whole(far);
        assertThat(local.versions(key(1, DUMP))).hasSize(2);
        assertThat(replication(local, far).repair(Known.nothing(), any -> true).bytes())
                .isZero();
    }

    @Test
    void repairNamesWhatItCannotMend() throws Exception {
        var folder = new MemoryStore("folder", new Traits(false, false));
        points.take(day(1), List.of(local, folder), List.of(1));
        folder.damage(key(1, DUMP));
        folder.damage(blob(1));
        local.damage(blob(1));

        Replication.Report report = replication(local, folder).repair(Known.nothing(), any -> true);

        assertThat(report.problems())
                .anySatisfy(each -> assertThat(each).contains(key(1, DUMP).path(), "remove it by hand"))
                .anySatisfy(each -> assertThat(each).contains(blob(1).path(), "no store has"));
    }
}
