package dev.foundation.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealCache;
import dev.foundation.replicate.Replication;
import dev.foundation.retention.RetentionPolicy;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.testing.Faults;
import dev.foundation.testing.Faults.Fault;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.TinyPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Backups, stopped backups, pruning, copies, damage and jumping clocks in any order, on two stores. */
final class KeepingModelTest {
    private static final RetentionPolicy POLICY = new RetentionPolicy(3, 1, 0, 0, Duration.ofHours(6), ZoneOffset.UTC);
    private static final int STEPS = 60;

    @Test
    void everySealedPointStaysWholeWhateverTheOrder() throws Exception {
        long base = Long.getLong("foundation.seed", System.nanoTime());
        int collected = 0;
        int pruned = 0;
        int copied = 0;
        for (long seed = base; seed < base + 12; seed++) {
            var model = new Model(seed);
            try {
                model.play();
            } catch (AssertionError | Exception e) {
                throw new AssertionError("-Dfoundation.seed=" + seed + ": " + String.join("\n", model.history), e);
            }
            collected += model.collected;
            pruned += model.pruned;
            copied += model.copied;
        }
        System.out.println("keeping model: seeds from " + base + ", " + pruned + " points pruned, " + collected
                + " blobs collected, " + copied + " points copied");
        assertThat(pruned).isPositive();
        assertThat(copied).isPositive();
        assertThat(collected).isPositive();
    }

    private static final class Model {
        private final Random random;
        private final TinyPoints points;
        private final List<MemoryStore> stores = List.of(new MemoryStore("local"), new MemoryStore("off-site"));
        private final Map<String, Marks> marks = new HashMap<>();
        private final Map<String, Set<ObjectKey>> damaged = new HashMap<>();
        private final Map<String, TreeSet<Long>> removed = new HashMap<>();
        private final Set<BundleId> held = new TreeSet<>();
        private final List<String> history = new ArrayList<>();
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private boolean lastRunFailed;
        private int collected;
        private int pruned;
        private int copied;

        Model(long seed) {
            random = new Random(seed);
            points = new TinyPoints(seed, 2);
            stores.forEach(each -> {
                marks.put(each.name(), Marks.none());
                damaged.put(each.name(), new HashSet<>());
                removed.put(each.name(), new TreeSet<>());
            });
        }

        private void play() throws Exception {
            for (int step = 0; step < STEPS; step++) {
                now = now.plus(Duration.ofMinutes(1 + random.nextInt(36 * 60)));
                clock(Duration.ZERO);
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> take(stores, Integer.MAX_VALUE);
                    case 4 -> take(stores, random.nextInt(14));
                    case 5 -> take(List.of(stores.get(random.nextInt(2))), Integer.MAX_VALUE);
                    case 6, 7, 8 -> prune(stores.get(random.nextInt(2)));
                    case 9, 10 -> replicate();
                    default -> oddity();
                }
                check();
            }
        }

        /** Both stores' clocks follow ours, more or less. */
        private void clock(Duration ahead) {
            stores.forEach(each -> each.now(now.plus(ahead).plusSeconds(random.nextInt(60))));
        }

        private void take(List<MemoryStore> at, int writes) throws Exception {
            BundleId id = new BundleId(now);
            if (stores.stream().anyMatch(each -> each.keys().stream().anyMatch(key -> key.startsWith(id + "/")))) {
                return;
            }
            Set<Integer> objects = new TreeSet<>();
            for (int i = 0; i < 4; i++) {
                objects.add(random.nextInt(12));
            }
            List<String> warnings = random.nextInt(8) == 0 ? List.of("odd") : List.of();
            history.add(
                    now + " take " + id + " at " + at.size() + " stores, objects " + objects + ", writes " + writes);
            try {
                points.take(id, at, objects, warnings, writes);
                lastRunFailed = false;
                if (random.nextInt(10) == 0) {
                    held.add(id);
                    history.add("hold " + id);
                }
            } catch (TinyPoints.Stopped e) {
                lastRunFailed = random.nextBoolean(); // killed: nobody wrote it down
            }
        }

        private Known known() {
            var all = new TreeSet<Long>();
            removed.values().forEach(all::addAll);
            return Known.nothing(
                    all.stream().map(each -> new Known.Range(each, each)).toList());
        }

        private void prune(MemoryStore store) throws Exception {
            List<BundleId> before = TinyPoints.sealed(store);
            var pruning = new Pruning(store, TinyPoints.TRUST, POLICY, SealCache.none());
            PrunePlan plan = pruning.plan(
                    new Circumstances(known(), held, Set.of(), lastRunFailed), marks.get(store.name()), now);
            boolean killed = random.nextInt(4) == 0;
            int first = 1 + random.nextInt(20);
            if (killed) {
                store.fail(call -> call.number() >= first ? new Fault.Throw(Kind.TRANSIENT) : Faults.NONE);
            }
            Pruning.Outcome outcome = pruning.apply(plan, removed.get(store.name())::addAll, event -> {});
            store.fail(Faults.none());
            if (!killed) {
                marks.put(store.name(), outcome.marks());
                assertThat(outcome.problems()).isEmpty();
            }
            history.add(now + " prune " + store.name() + ": " + outcome.removed() + ", blobs " + outcome.blobs() + ", "
                    + plan.warnings());
            collected += outcome.blobs();
            pruned += outcome.removed().size();
            List<BundleId> after = TinyPoints.sealed(store);
            if (!before.isEmpty()) {
                assertThat(after).contains(before.getLast());
                assertThat(after)
                        .containsAll(before.stream().filter(held::contains).toList());
            }
        }

        private void replicate() throws Exception {
            MemoryStore target = stores.get(random.nextInt(2));
            boolean killed = random.nextInt(4) == 0;
            int first = 1 + random.nextInt(60);
            if (killed) {
                target.fail(call -> call.number() >= first ? new Fault.Throw(Kind.TRANSIENT) : Faults.NONE);
            }
            Replication.Report report = new Replication(
                            new ArrayList<>(stores), TinyPoints.TRUST, store -> SealCache.none(), event -> {})
                    .run(known());
            target.fail(Faults.none());
            history.add(now + " replicate: " + report);
            copied += report.copied().size();
        }

        private void oddity() throws Exception {
            MemoryStore store = stores.get(random.nextInt(2));
            switch (random.nextInt(3)) {
                case 0 -> {
                    Duration jump = Duration.ofDays(random.nextInt(9) - 2);
                    history.add("our clock jumps by " + jump);
                    now = now.plus(jump);
                }
                case 1 -> {
                    Duration jump = Duration.ofDays(random.nextInt(7) - 3);
                    history.add("the stores' clocks are off by " + jump);
                    clock(jump);
                }
                default -> {
                    List<String> all = store.keys().stream()
                            .filter(each -> !each.contains(Names.SEAL))
                            .toList();
                    if (!all.isEmpty()) {
                        var key = new ObjectKey(all.get(random.nextInt(all.size())));
                        store.damage(key);
                        damaged.get(store.name()).add(key);
                        history.add("damage " + key + " at " + store.name());
                    }
                }
            }
        }

        private void check() throws Exception {
            for (MemoryStore each : stores) {
                assertThat(TinyPoints.faults(each, damaged.get(each.name())))
                        .as(each.name())
                        .isEmpty();
            }
        }
    }
}
