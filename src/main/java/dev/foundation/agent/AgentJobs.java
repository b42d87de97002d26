package dev.foundation.agent;

import dev.foundation.alert.Metrics;
import dev.foundation.backup.BackupReport;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.replicate.Replication;
import dev.foundation.schedule.Job;
import dev.foundation.spec.BackupPlan;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The agent's jobs: backup, replicate, verify. Each remembers what it learned and tells the metrics. */
final class AgentJobs {
    private final AgentPlaces places;
    private final AgentState state;
    private final InstantSource clock;
    private final BackupJobRun runs;
    private final Ledger ledger;
    private final EvidenceDesk desk;
    private volatile Optional<Agent> agent = Optional.empty();

    AgentJobs(AgentPlaces places, AgentState state, InstantSource clock, BackupJobRun runs, EvidenceDesk desk) {
        this.desk = desk;
        this.places = places;
        this.state = state;
        this.clock = clock;
        this.runs = runs;
        this.ledger = new Ledger(places.locks());
    }

    void measuredBy(Agent serving) {
        agent = Optional.of(serving);
    }

    /** What pruning removed at either place is missing at none. */
    private List<Known.Range> removed(BackupPlan plan) throws IOException {
        List<Known.Range> all = new ArrayList<>();
        for (BackupPlan.Destination each : plan.destinations()) {
            all.addAll(ledger.removed(each.name()));
        }
        return all;
    }

    RunEvent.Ended backup(BackupPlan plan, Map<String, String> parameters, Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        Instant began = clock.instant();
        BackupReport report = runs.run(plan, removed(plan), events);
        if (report.seal().isPresent()) {
            var seal = report.seal().get();
            state.sealed(
                    seal.seal().sequence(),
                    seal.sha256(),
                    report.facts().filter(facts -> !seal.seal().suspicious()));
        }
        ledger.lastRun(report.verdict(), clock.instant(), state.known(List.of()));
        Status.write(places.statusFile(), began, report);
        agent.ifPresent(serving -> measure(serving, plan, report));
        return Agent.ended(report, clock.instant());
    }

    private static void measure(Agent serving, BackupPlan plan, BackupReport report) {
        Metrics metrics = serving.metrics();
        report.seal().ifPresent(seal -> {
            metrics.point(Job.BACKUP, seal.seal().point().moment());
            metrics.sequence(seal.seal().sequence());
            serving.newestPoint(seal.seal().point().moment());
        });
        plan.destinations()
                .forEach(each ->
                        metrics.destination(each.name(), report.sealedAt().contains(each.name())));
        report.sizes()
                .forEach((name, size) ->
                        metrics.artifact(name, size, report.durations().getOrDefault(name, java.time.Duration.ZERO)));
        report.sealedAt().forEach(name -> metrics.transferred(name, report.sent(), report.saved()));
    }

    /** @param parameters {@code repair}: {@code true} to read and mend everything; {@code point}: an id, to mend only that */
    RunEvent.Ended replicate(BackupPlan plan, Map<String, String> parameters, Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        try (Stores stores = runs.stores(plan)) {
            Replication.Report report = parameters.getOrDefault("repair", "").equals("true")
                    ? Healing.repair(
                            plan,
                            state,
                            stores.all(),
                            runs.caches(),
                            removed(plan),
                            Optional.ofNullable(parameters.get("point")).map(BundleId::of),
                            events)
                    : Healing.heal(plan, state, stores.all(), runs.caches(), removed(plan), events);
            return new RunEvent.Ended(
                    clock.instant().toString(),
                    report.problems().isEmpty() ? Verdict.COMPLETE : Verdict.INCOMPLETE,
                    "",
                    0,
                    report.problems());
        }
    }

    RunEvent.Ended verify(BackupPlan plan, Map<String, String> parameters, Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        try (Stores stores = runs.stores(plan)) {
            return VerifyJob.run(plan, state, ledger, stores.all(), removed(plan), parameters, desk, clock, events);
        }
    }
}
