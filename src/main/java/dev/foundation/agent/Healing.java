package dev.foundation.agent;

import dev.foundation.bundle.Known;
import dev.foundation.bundle.SealCache;
import dev.foundation.event.RunEvent;
import dev.foundation.replicate.Replication;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings points that one destination lacks from the other: before each backup, and on demand. */
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
}
