package dev.foundation.agent;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.SealCache;
import dev.foundation.event.RunEvent;
import dev.foundation.replicate.Replication;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings points that one destination lacks from the other: before each backup, and on demand; and mends what is damaged, on demand. */
final class Healing {
    private Healing() {}

    static Replication.Report heal(
            BackupPlan plan,
            AgentState state,
            List<ObjectStore> stores,
            Function<ObjectStore, SealCache> caches,
            List<Known.Range> removed,
            Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        return new Replication(stores, BackupJobRun.trust(plan), caches, events).run(state.known(removed));
    }

    /**
     * As {@link #heal}; then every byte of the chosen points is read at every place, and what is damaged or missing is written again from where it is whole.
     *
     * @param point empty for all of them
     */
    static Replication.Report repair(
            BackupPlan plan,
            AgentState state,
            List<ObjectStore> stores,
            Function<ObjectStore, SealCache> caches,
            List<Known.Range> removed,
            Optional<BundleId> point,
            Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        Known known = state.known(removed);
        var replication = new Replication(stores, BackupJobRun.trust(plan), caches, events);
        Replication.Report copied = replication.run(known);
        Set<BundleId> seen = new HashSet<>();
        Replication.Report mended = replication.repair(known, id -> {
            seen.add(id);
            return point.isEmpty() || point.get().equals(id);
        });
        Set<String> problems = new LinkedHashSet<>(copied.problems());
        problems.addAll(mended.problems());
        point.filter(id -> !seen.contains(id))
                .ifPresent(id -> problems.add(
                        "there is no sealed point " + id + " at any place; `./foundation points` lists them"));
        return new Replication.Report(copied.copied(), copied.bytes() + mended.bytes(), List.copyOf(problems));
    }
}
