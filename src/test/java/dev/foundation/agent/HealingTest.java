package dev.foundation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.replicate.Replication;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectKey;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.PointFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code replicate --repair}: mends one place from the other, and says what nobody has. */
final class HealingTest {
    @TempDir
    private Path folder;

    private final MemoryStore local = new MemoryStore("local");
    private final MemoryStore second = new MemoryStore("second");
    private PointFixture fixture;
    private SignedSeal first;
    private SignedSeal newest;

    @BeforeEach
    void twoPointsAtTwoPlaces() throws InterruptedException {
        fixture = new PointFixture(folder, List.of(local, second));
        fixture.buckets().put("media", "a", "one");
        first = fixture.take();
        newest = fixture.take();
    }

    private Replication.Report repair(Optional<BundleId> point) throws IOException, InterruptedException {
        AgentState state = AgentState.load(folder, Instant.parse("2026-11-21T09:00:00Z"));
        return Healing.repair(
                plan(), state, List.of(local, second), store -> SealCache.none(), List.of(), point, event -> {});
    }

    private BackupPlan plan() {
        return new BackupPlan(
                "unit",
                fixture.trust().instance(),
                1,
                List.of(fixture.age().recipient()),
                fixture.trust().publicLines(),
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

    private static ObjectKey dump(SignedSeal point) {
        return new BundleKeys(point.seal().point()).object(Names.POSTGRES + Names.AGE);
    }

    private static boolean whole(MemoryStore store, SignedSeal point) throws Exception {
        SealedObject sealed = point.seal().object(Names.POSTGRES + Names.AGE).orElseThrow();
        return SealedContent.find(store, dump(point), sealed.size(), sealed.sha256())
                .isPresent();
    }

    @Test
    void everythingIsMendedOrOnlyTheChosenPoint() throws Exception {
        local.damage(dump(first));
        second.damage(dump(newest));
        assertThat(repair(Optional.of(first.seal().point())).problems()).isEmpty();
        assertThat(whole(local, first)).isTrue();
        assertThat(whole(second, newest)).isFalse();

        assertThat(repair(Optional.empty()).problems()).isEmpty();
        assertThat(whole(second, newest)).isTrue();
    }

    @Test
    void whatIsDamagedEverywhereAndAPointThatIsNowhereAreProblems() throws Exception {
        local.damage(dump(first));
        second.damage(dump(first));
        assertThat(repair(Optional.empty()).problems())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each).contains(dump(first).path(), "damaged or missing"));
        assertThat(repair(Optional.of(BundleId.of("20200101T000000Z"))).problems())
                .singleElement()
                .asString()
                .contains("no sealed point 20200101T000000Z");
    }
}
