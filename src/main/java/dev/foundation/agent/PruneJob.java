package dev.foundation.agent;

import dev.foundation.agent.ControlDoor.NotThere;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.SealCache;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.prune.Briefing;
import dev.foundation.prune.Circumstances;
import dev.foundation.prune.LockKeeper;
import dev.foundation.prune.Marks;
import dev.foundation.prune.PrunePlan;
import dev.foundation.prune.Pruning;
import dev.foundation.retention.RetentionPolicy;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.local.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The pruner's job: removes what retention no longer keeps, at the local store and at a second one that is a folder of this host; and lengthens locks
 * wherever a store has any (P3). Off-site it removes nothing: the credential that can delete there is not stored on the host (S7).
 */
final class PruneJob {
    private final AgentPlaces places;
    private final InstantSource clock;
    private final Opener opener;
    private final Ledger ledger;

    /** Opens the plan's destinations with credentials of this moment; the off-site only if there is a pair for its locks. */
    @FunctionalInterface
    interface Opener {
        Stores open(BackupPlan plan) throws IOException, InterruptedException;
    }

    PruneJob(AgentPlaces places, InstantSource clock, Opener opener) {
        this.places = places;
        this.clock = clock;
        this.opener = opener;
        this.ledger = new Ledger(places.locks());
    }

    static Opener inContainer(AgentPlaces places) {
        return plan -> {
            Credentials credentials = Credentials.login(
                    URI.create(plan.sources().getOrDefault("vault", "")), places.secrets(), "backup/prune-credentials");
            boolean keeper = credentials.find("offsiteAccessKey").isPresent()
                    && credentials.find("offsiteSecretKey").isPresent();
            return Stores.open(plan, credentials, each -> ours(each) || keeper);
        };
    }

    private static boolean ours(BackupPlan.Destination destination) {
        return destination.name().equals("local") || destination.kind().equals("folder");
    }

    private static boolean ours(BackupPlan plan, ObjectStore store) {
        return plan.destinations().stream().anyMatch(each -> each.name().equals(store.name()) && ours(each));
    }

    private Pruning pruning(BackupPlan plan, ObjectStore store) {
        return new Pruning(store, BackupJobRun.trust(plan), RetentionPolicy.of(plan), cache(store));
    }

    private SealCache cache(ObjectStore store) {
        return SealCache.at(places.state().resolve("seals-" + store.name()));
    }

    private Path marks(ObjectStore store) {
        return places.state().resolve("marks-" + store.name());
    }

    /** What agent and people left in the ledger. */
    private Circumstances circumstances(BackupPlan plan) throws IOException {
        List<Known.Range> removed = new ArrayList<>();
        for (BackupPlan.Destination each : plan.destinations()) {
            removed.addAll(ledger.removed(each.name()));
        }
        Set<BundleId> verified = new TreeSet<>();
        for (String each : ledger.verified().keySet()) {
            verified.add(BundleId.of(each));
        }
        var last = ledger.lastRun();
        Known known = last.map(run -> run.known(removed)).orElseGet(() -> Known.nothing(removed));
        return new Circumstances(
                known,
                ledger.held(),
                verified,
                ledger.accepted(),
                last.filter(Ledger.LastRun::failed).isPresent());
    }

    RunEvent.Ended run(BackupPlan plan, Map<String, String> parameters, Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        Instant now = clock.instant();
        Circumstances circumstances = circumstances(plan);
        List<String> problems = new ArrayList<>();
        List<String> alarms = new ArrayList<>();
        try (Stores stores = opener.open(plan)) {
            for (ObjectStore store : stores.all()) {
                if (ours(plan, store)) {
                    events.accept(new RunEvent.Began("prune " + store.name()));
                    try {
                        PrunePlan made = prune(plan, store, circumstances, now, problems, events);
                        made.alarms().forEach(each -> alarms.add(store.name() + ": " + each));
                    } catch (StoreException e) {
                        problems.add(store.name() + " was not pruned, or not to the end: " + e.getMessage());
                    }
                }
                lengthen(plan, store, circumstances, now, problems, events);
            }
            plan.destinations().stream()
                    .filter(each -> stores.all().stream()
                            .noneMatch(store -> store.name().equals(each.name())))
                    .forEach(
                            each -> events.accept(
                                    new RunEvent.Warned(
                                            "nobody lengthens locks at " + each.name()
                                                    + ", if it has any: foundation:offsiteKeeperAccessKey and offsiteKeeperSecretKey are not set")));
        }
        Verdict verdict =
                !problems.isEmpty() ? Verdict.FAILED : alarms.isEmpty() ? Verdict.COMPLETE : Verdict.SUSPICIOUS;
        problems.addAll(alarms);
        return new RunEvent.Ended(clock.instant().toString(), verdict, "", 0, problems);
    }

    private PrunePlan prune(
            BackupPlan plan,
            ObjectStore store,
            Circumstances circumstances,
            Instant now,
            List<String> problems,
            Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        Pruning pruning = pruning(plan, store);
        PrunePlan made = pruning.plan(circumstances, Marks.load(marks(store), store), now);
        made.warnings().forEach(each -> events.accept(new RunEvent.Warned(store.name() + ": " + each)));
        Pruning.Outcome outcome = pruning.apply(made, sequences -> ledger.remove(store.name(), sequences), events);
        outcome.marks().save(marks(store), store);
        problems.addAll(outcome.problems());
        events.accept(new RunEvent.Noted(store.name() + ": " + outcome.removed().size() + " points and "
                + outcome.blobs() + " blobs removed, " + made.blobs().marked() + " blobs marked"));
        if (store instanceof LocalStore folder) {
            int swept = folder.sweep(now);
            if (swept > 0) {
                events.accept(new RunEvent.Noted(store.name() + ": " + swept + " unfinished uploads removed"));
            }
        }
        return made;
    }

    /** What is found out here by trying is not believed beforehand: whether the store has locks, and whether these keys may lengthen them. */
    private void lengthen(
            BackupPlan plan,
            ObjectStore store,
            Circumstances circumstances,
            Instant now,
            List<String> problems,
            Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        try {
            if (!store.traits().locks()) {
                return;
            }
            events.accept(new RunEvent.Began("lengthen locks at " + store.name()));
            Set<BundleId> kept = pruning(plan, store).kept(circumstances, now);
            LockKeeper.Report locks = new LockKeeper(
                            store, BackupJobRun.trust(plan), RetentionPolicy.of(plan), cache(store))
                    .lengthen(circumstances.known(), kept, now);
            locks.problems().forEach(each -> problems.add(store.name() + ": " + each));
            events.accept(new RunEvent.Noted(
                    store.name() + ": locks hold " + locks.held() + " objects until their points" + " expire"));
        } catch (StoreException e) {
            String advice = e.kind() == StoreException.Kind.DENIED && !ours(plan, store)
                    ? "; the pair foundation:offsiteKeeperAccessKey and offsiteKeeperSecretKey must be allowed to list, to"
                            + " read, to ask for versioning and object lock, and s3:PutObjectRetention"
                    : "";
            problems.add(
                    "the locks at " + store.name() + " were not lengthened, or not all: " + e.getMessage() + advice);
        }
    }

    /**
     * {@code GET /prune}: what a run would do now. For a person's own run at a place whose credential is not here: {@code GET /circumstances}, and
     * {@code POST /pruned?at=PLACE&sequences=1-3,7-7} before it removes them.
     */
    ControlDoor.Questions questions(Agent agent) {
        return new ControlDoor.Questions() {
            @Override
            public String json(String path, Map<String, String> parameters) throws IOException, InterruptedException {
                BackupPlan plan =
                        agent.plan().orElseThrow(() -> new IOException("there is no job: run `./foundation up`"));
                return switch (path) {
                    case "/prune" -> look(plan);
                    case "/circumstances" -> new Briefing(plan.epoch(), circumstances(plan)).json();
                    case "/pruned" ->
                        pruned(
                                plan,
                                parameters.getOrDefault("at", ""),
                                Known.Range.parse(parameters.getOrDefault("sequences", "")));
                    default -> throw new NotThere("there is nothing at " + path + " in the pruner");
                };
            }

            @Override
            public InputStream bytes(BundleId point, String name) throws IOException {
                throw new NotThere("the pruner hands out no objects");
            }
        };
    }

    private String pruned(BackupPlan plan, String place, List<Known.Range> ranges) throws IOException {
        if (plan.destinations().stream().noneMatch(each -> each.name().equals(place) && !ours(each))) {
            throw new NotThere("there is no place \"" + place + "\" that a person prunes");
        }
        List<Long> sequences = new ArrayList<>();
        ranges.forEach(each -> LongStream.rangeClosed(each.first(), each.last()).forEach(sequences::add));
        ledger.remove(place, sequences);
        return sequences.size() + " sequences are known to be removed at " + place;
    }

    private String look(BackupPlan plan) throws IOException, InterruptedException {
        Instant now = clock.instant();
        Circumstances circumstances = circumstances(plan);
        List<PrunePlan> plans = new ArrayList<>();
        try (Stores stores = opener.open(plan)) {
            for (ObjectStore store : stores.all()) {
                if (ours(plan, store)) {
                    plans.add(pruning(plan, store).look(circumstances, Marks.load(marks(store), store), now));
                }
            }
        }
        return PrunePlan.json(plans);
    }
}
