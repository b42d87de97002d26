package dev.foundation.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealCache;
import dev.foundation.retention.Expiry;
import dev.foundation.retention.RetentionPolicy;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore.Traits;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.TinyPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LockKeeperTest {
    private static final RetentionPolicy POLICY = new RetentionPolicy(7, 4, 0, 0, Duration.ofHours(24), ZoneOffset.UTC);

    /** The first is a Monday. */
    private static BundleId day(int day) {
        return new BundleId(Instant.parse("2026-11-01T03:00:00Z").plus(Duration.ofDays(day)));
    }

    private static Instant locked(MemoryStore store, ObjectKey key) throws Exception {
        return store.lockedUntil(key, store.versions(key).getFirst().version()).orElse(Instant.EPOCH);
    }

    @Test
    void theLastPointOfAWeekExpiresByWeeksOnceTheNextWeekHasBegun() {
        Instant now = day(9).moment().plusSeconds(60);
        Map<BundleId, Instant> until = Expiry.of(POLICY, List.of(day(5), day(7), day(8), day(9)), now);

        assertThat(until.get(day(5))).isEqualTo(day(12).moment());
        assertThat(until.get(day(7))).isEqualTo(day(7 + 28).moment());
        assertThat(until.get(day(8))).isEqualTo(day(15).moment());
        assertThat(until.get(day(9))).isEqualTo(now.plus(Duration.ofDays(7)));
    }

    @Test
    void everythingOfAPointIsHeldUntilItExpiresAndABlobUntilTheLastOneThatListsIt() throws Exception {
        var store = new MemoryStore("off-site");
        var points = new TinyPoints(1);
        points.take(day(5), List.of(store), List.of(1, 2));
        points.take(day(7), List.of(store), List.of(1, 3));
        points.take(day(8), List.of(store), List.of(1, 4));
        Instant now = day(8).moment().plusSeconds(60);
        store.now(now);
        var keeper = new LockKeeper(store, TinyPoints.TRUST, POLICY, SealCache.none());

        LockKeeper.Report report = keeper.lengthen(Known.nothing(), Set.of(day(5), day(7), day(8)), now);

        assertThat(report.problems()).isEmpty();
        for (String name : List.of(Names.SEAL, Names.SIGNATURE, Names.INVENTORY, Names.VERSIONS)) {
            assertThat(locked(store, new BundleKeys(day(7)).object(name)))
                    .as(name)
                    .isEqualTo(day(35).moment());
        }
        assertThat(locked(store, BundleKeys.blob(TinyPoints.name(1, 0)))).isEqualTo(day(35).moment());
        assertThat(locked(store, BundleKeys.blob(TinyPoints.name(2, 0)))).isEqualTo(day(12).moment());
        assertThat(locked(store, BundleKeys.blob(TinyPoints.name(4, 0)))).isEqualTo(now.plus(Duration.ofDays(7)));

        keeper.lengthen(Known.nothing(), Set.of(day(8)), now.minus(Duration.ofDays(1)));
        assertThat(locked(store, new BundleKeys(day(7)).seal()))
                .as("never shorter")
                .isEqualTo(day(35).moment());
    }

    @Test
    void aStoreWithoutLocksIsLeftAlone() throws Exception {
        var store = new MemoryStore("folder", new Traits(false, false));
        new TinyPoints(1).take(day(1), List.of(store), List.of(1));
        LockKeeper.Report report = new LockKeeper(store, TinyPoints.TRUST, POLICY, SealCache.none())
                .lengthen(Known.nothing(), Set.of(day(1)), day(1).moment());
        assertThat(report).isEqualTo(new LockKeeper.Report(0, List.of()));
        assertThat(Optional.of(store.keys()).get()).isNotEmpty();
    }
}
