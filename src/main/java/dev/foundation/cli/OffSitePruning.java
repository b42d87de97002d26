package dev.foundation.cli;

import dev.foundation.bundle.Known;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.Trust;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.prune.Briefing;
import dev.foundation.prune.Marks;
import dev.foundation.prune.PrunePlan;
import dev.foundation.prune.Pruning;
import dev.foundation.retention.RetentionPolicy;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pruning of the off-site store in this very process, with a credential that a person brought for it and that is kept nowhere (S7). Seals are proved with
 * this host's own configuration, which also says what retention keeps; what people hold and what the agent has seen, the pruner's container tells.
 */
final class OffSitePruning {
    private static final Duration CONTINUOUS = Duration.ofHours(24);
    /** So many ranges of sequences are announced at once. */
    private static final int RANGES = 200;

    private final ObjectStore store;
    private final AgentDoor pruner;
    private final Path marks;
    private final Briefing briefing;
    private final Pruning pruning;

    /** @param marks the file between two runs: a blob goes in two phases, a day apart */
    OffSitePruning(ObjectStore store, FoundationSpec spec, AgentDoor pruner, Path marks) throws IOException {
        this.store = store;
        this.pruner = pruner;
        this.marks = marks;
        this.briefing = Briefing.parse(pruner.get("/circumstances", AgentDoor.USUAL));
        BackupSpec backup = spec.backup();
        BackupSpec.Retention kept = backup.retention();
        this.pruning = new Pruning(
                store,
                new Trust(spec.instanceId(), briefing.epoch(), backup.sealPublicKeys()),
                new RetentionPolicy(
                        kept.daily(),
                        kept.weekly(),
                        kept.monthly(),
                        kept.yearly(),
                        CONTINUOUS,
                        backup.timetable().zone()),
                SealCache.none());
    }

    /** From what is there now. Nothing is touched. */
    PrunePlan plan(Instant now) throws IOException, InterruptedException {
        return pruning.plan(briefing.circumstances(), Marks.load(marks, store), now);
    }

    /** To be called under the run lock, with a plan that was made under it. What a lock still holds is told as such, and is no problem. */
    RunEvent.Ended apply(PrunePlan plan, Instant now, RunView view) throws IOException, InterruptedException {
        plan.warnings().forEach(each -> view.event(new RunEvent.Warned(store.name() + ": " + each)));
        Pruning.Outcome outcome = pruning.apply(plan, this::announce, view::event);
        outcome.marks().save(marks, store);
        outcome.locked().forEach(each -> view.event(new RunEvent.Noted(each)));
        view.event(new RunEvent.Noted(store.name() + ": " + outcome.removed().size() + " points and "
                + outcome.blobs() + " blobs removed, " + plan.blobs().marked() + " blobs marked, "
                + outcome.locked().size() + " locked"));
        List<String> problems = new ArrayList<>(outcome.problems());
        plan.alarms().forEach(each -> problems.add(store.name() + ": " + each));
        Verdict verdict = !outcome.problems().isEmpty()
                ? Verdict.FAILED
                : plan.alarms().isEmpty() ? Verdict.COMPLETE : Verdict.SUSPICIOUS;
        return new RunEvent.Ended(now.toString(), verdict, "", 0, problems);
    }

    /** Before the first removal: the agent must not take the gap for a foe's work, nor replicate what went. */
    private void announce(List<Long> sequences) throws IOException {
        List<Known.Range> ranges = new ArrayList<>();
        for (long each : sequences) {
            if (!ranges.isEmpty() && ranges.getLast().last() + 1 == each) {
                ranges.set(ranges.size() - 1, new Known.Range(ranges.getLast().first(), each));
            } else {
                ranges.add(new Known.Range(each, each));
            }
        }
        for (int i = 0; i < ranges.size(); i += RANGES) {
            String some = ranges.subList(i, Math.min(ranges.size(), i + RANGES)).stream()
                    .map(each -> each.first() + "-" + each.last())
                    .collect(Collectors.joining(","));
            String unused = pruner.post("/pruned?at=" + AgentDoor.encoded(store.name()) + "&sequences=" + some);
        }
    }
}
