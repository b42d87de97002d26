package dev.foundation.agent;

import dev.foundation.alert.Alert;
import dev.foundation.alert.Alert.Level;
import dev.foundation.alert.Heartbeats;
import dev.foundation.alert.Metrics;
import dev.foundation.alert.MetricsDoor;
import dev.foundation.backup.BackupReport;
import dev.foundation.bundle.BundleId;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.proof.Evidence;
import dev.foundation.schedule.Agenda;
import dev.foundation.schedule.Job;
import dev.foundation.schedule.RunLock;
import dev.foundation.schedule.RunLocks;
import dev.foundation.schedule.Schedule;
import dev.foundation.spec.BackupPlan;
import dev.foundation.verify.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The long-running process: runs each of its jobs when it is due, one at a time, under the lock of S6; looks at the job's file every few seconds, so a change
 * is in force at once; and answers at two doors, one for metrics and one for commands.
 */
public final class Agent implements AutoCloseable {
    static final int METRICS_PORT = 9107;
    private static final Duration TICK = Duration.ofSeconds(5);
    /** A run that kills its own process must not do so all the time. */
    private static final Duration AFTER_A_CRASH = Duration.ofMinutes(15);

    private static final Duration WATCH = Duration.ofMinutes(1);
    /** A proof comes each week, from a runner outside that may be dead: one day more (S9). */
    static final Duration PROOF_AGE = Duration.ofDays(8);

    private final AgentPlaces places;
    private final InstantSource clock;
    private final AgentState state;
    private final JobFile jobFile;
    private final EventLog log;
    private final AlarmBox alarms;
    private final RunLocks locks;
    private final Metrics metrics;
    private final MetricsDoor metricsDoor;
    private final Map<Job, Work> work;
    private volatile Optional<Instant> newest = Optional.empty();
    private volatile Optional<BackupPlan> plan = Optional.empty();
    private volatile boolean takesEvidence;

    /** What one job does once it may. */
    @FunctionalInterface
    interface Work {
        /** @param parameters of a person's command; empty on schedule */
        RunEvent.Ended run(BackupPlan plan, Map<String, String> parameters, Consumer<RunEvent> events)
                throws IOException, InterruptedException;
    }

    /** @param work the jobs of this process */
    Agent(AgentPlaces places, InstantSource clock, EventLog log, AgentState state, Map<Job, Work> work, int metricsPort)
            throws IOException {
        this.places = places;
        this.clock = clock;
        this.log = log;
        this.state = state;
        this.work = new EnumMap<>(work);
        this.jobFile = new JobFile(places.job());
        this.alarms = AlarmBox.open(places.secrets(), places.state(), log::line);
        this.locks = RunLocks.in(places.locks(), clock);
        this.metrics = new Metrics(clock, () -> newest, alarms::waiting);
        this.metricsDoor = MetricsDoor.open(new InetSocketAddress(metricsPort), metrics, Optional::empty);
        state.succeeded().forEach(metrics::succeeded);
    }

    Metrics metrics() {
        return metrics;
    }

    AgentState state() {
        return state;
    }

    Optional<BackupPlan> plan() {
        plan = jobFile.read();
        return plan;
    }

    /** Known from the stores, for the recovery point objective that metrics show. */
    void newestPoint(Instant moment) {
        newest = Optional.of(moment);
    }

    /** This process hears of proofs, and so it is the one that misses them. */
    void takesEvidence() {
        takesEvidence = true;
    }

    /** A proof that ran outside has ended, and its evidence holds: remembers, measures, tells. An older one than is known tells nothing new. */
    void proved(EvidenceDesk.Accepted accepted) throws IOException, InterruptedException {
        Evidence evidence = accepted.evidence();
        Optional<BackupPlan> current = plan();
        Instant known = state.ended(Job.PROOF).orElse(Instant.EPOCH);
        if (current.isEmpty() || !evidence.ended().isAfter(known)) {
            return;
        }
        List<String> problems = new ArrayList<>(evidence.problems());
        evidence.missing().forEach(each -> problems.add(each + " was not run"));
        evidence.checks().stream()
                .filter(each -> !each.good())
                .forEach(check -> check.findings().stream()
                        .filter(each -> each.severity() == Severity.ERROR)
                        .forEach(each ->
                                problems.add((check.name() + " " + each.subject()).strip() + ": " + each.message())));
        var ended = new RunEvent.Ended(
                evidence.ended().toString(),
                evidence.verdict() == Evidence.Verdict.GREEN ? Verdict.COMPLETE : Verdict.FAILED,
                evidence.point().toString(),
                evidence.sequence(),
                problems);
        log.event(Job.PROOF.toString(), ended);
        after(current.get(), Job.PROOF, ended, evidence.started(), evidence.ended());
        if (!accepted.problems().isEmpty()) {
            alarms.raise(
                    Level.WARNING,
                    "the evidence of a proof of " + current.get().instance() + " is not everywhere",
                    accepted.problems(),
                    Job.PROOF,
                    current.get().instance(),
                    Optional.of(evidence.point()),
                    clock.instant());
        }
    }

    int metricsPort() {
        return metricsDoor.port();
    }

    /** Until the thread is interrupted. */
    void serve() throws InterruptedException {
        for (Job job : work.keySet()) {
            if (state.cutShort(job)) {
                String since = state.begun(job).map(Instant::toString).orElse("");
                log.line(job + ": the run of " + since + " was cut short");
                alarms.raise(
                        Level.CRITICAL,
                        job + " was cut short",
                        List.of("The " + job + " of " + since
                                + " never ended: the container or the machine was stopped, or"
                                + " the process died. No point came of it; it is tried again."),
                        job,
                        plan().map(BackupPlan::instance).orElse(""),
                        Optional.empty(),
                        clock.instant());
            }
        }
        Instant watched = Instant.EPOCH;
        String told = "";
        while (true) {
            Instant now = clock.instant();
            Optional<BackupPlan> current = plan();
            String problem = jobFile.problem().orElse("");
            if (!problem.equals(told)) {
                log.line(problem.isEmpty() ? "the job's file is good again" : problem);
                told = problem;
            }
            if (current.isPresent()) {
                for (Job job : work.keySet()) {
                    due(current.get(), job, now);
                }
                if (Duration.between(watched, now).abs().compareTo(WATCH) >= 0) {
                    watched = now;
                    watch(current.get(), now);
                }
            }
            Thread.sleep(TICK);
        }
    }

    private void due(BackupPlan current, Job job, Instant now) throws InterruptedException {
        Optional<Schedule> schedule = schedule(current, job);
        if (schedule.isEmpty()) {
            return;
        }
        Optional<Instant> begun = state.begun(job);
        boolean cutShort = state.cutShort(job);
        Agenda agenda = cutShort && now.isAfter(begun.orElseThrow().plus(AFTER_A_CRASH))
                ? new Agenda.Due(now, "the last run, of " + begun.orElseThrow() + ", was cut short")
                : Agenda.decide(schedule.get(), begun.orElse(null), now);
        if (agenda instanceof Agenda.Due due) {
            try {
                Optional<RunLock> lock = locks.tryAcquire(job.toString());
                if (lock.isPresent()) {
                    log.line(job + ": " + due.reason());
                    RunEvent.Ended unused = run(current, job, Map.of(), event -> {}, lock.get());
                } // else the next tick asks again
            } catch (IOException e) {
                log.line(job + " cannot begin: " + e.getMessage());
            }
        }
    }

    private static Optional<Schedule> schedule(BackupPlan plan, Job job) {
        String cron = switch (job) {
            case BACKUP -> plan.backupSchedule();
            case PRUNE -> plan.pruneSchedule();
            case VERIFY -> plan.verifySchedule();
            case REPLICATE, PROOF, DRILL -> "";
        };
        return cron.isEmpty()
                ? Optional.empty()
                : Optional.of(new Schedule(
                        cron,
                        ZoneId.of(plan.timeZone()),
                        Duration.ofSeconds(plan.jitterSeconds()),
                        plan.instanceId() + job));
    }

    /**
     * Runs a job for a person, now, if nothing else runs.
     *
     * @param events sees everything, and throws to stop the run
     */
    RunEvent.Ended command(Job job, Map<String, String> parameters, Consumer<RunEvent> events)
            throws InterruptedException {
        Optional<BackupPlan> current = plan();
        if (current.isEmpty()) {
            return refused("there is no job: run `./foundation up`");
        }
        try {
            Optional<RunLock> lock = locks.tryAcquire(job.toString());
            if (lock.isEmpty()) {
                return refused(
                        locks.holder().map(who -> who + " holds the lock").orElse("the lock is held")
                                + ": wait until that has ended");
            }
            return run(current.get(), job, parameters, events, lock.get());
        } catch (IOException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            log.line(job + ": stopped by the one who asked for it");
            end(job);
            throw e;
        }
    }

    private void end(Job job) {
        try {
            state.end(job, clock.instant(), false);
        } catch (IOException e) {
            log.line("the agent's memory cannot be written: " + e.getMessage());
        }
    }

    private RunEvent.Ended failed(String why) {
        return new RunEvent.Ended(clock.instant().toString(), Verdict.FAILED, "", 0, List.of(why));
    }

    private RunEvent.Ended refused(String why) {
        return new RunEvent.Ended(clock.instant().toString(), Verdict.REFUSED, "", 0, List.of(why));
    }

    private RunEvent.Ended run(
            BackupPlan current, Job job, Map<String, String> parameters, Consumer<RunEvent> events, RunLock lock)
            throws IOException, InterruptedException {
        Instant began = clock.instant();
        try (lock) {
            state.begin(job, began);
            Work doing = work.get(job);
            if (doing == null) {
                return refused("this container does not do that: " + job);
            }
            RunEvent.Ended ended;
            try {
                ended = doing.run(current, parameters, event -> {
                    log.event(job.toString(), event);
                    events.accept(event);
                });
            } catch (IOException e) {
                ended = failed(String.valueOf(e.getMessage()));
            } catch (UncheckedIOException e) {
                ended = failed("stopped: " + e.getMessage());
            } catch (RuntimeException | LinkageError e) {
                // A defect of ours: it must be heard of, and must not take the schedule with it.
                log.trace(e);
                ended = failed("a defect of this program, " + e + "; its trace is in the container's log");
            }
            log.event(job.toString(), ended);
            after(current, job, ended, began, clock.instant());
            return ended;
        }
    }

    /** Remembers, measures, tells. */
    private void after(BackupPlan current, Job job, RunEvent.Ended ended, Instant began, Instant now)
            throws IOException, InterruptedException {
        Duration took = Duration.between(began, now);
        boolean good = ended.verdict() == Verdict.COMPLETE;
        metrics.ran(job, good, now, took);
        state.end(job, now, good);
        if (good) {
            metrics.succeeded(job, now);
            alarms.alive(
                    job,
                    ended.point().isEmpty()
                            ? job + " is done"
                            : "point " + ended.point() + ", sequence " + ended.sequence(),
                    took);
            return;
        }
        Level level = ended.verdict() == Verdict.INCOMPLETE ? Level.WARNING : Level.CRITICAL;
        String title = job + " of " + current.instance() + ": "
                + switch (ended.verdict()) {
                    case FAILED -> "failed";
                    case INCOMPLETE -> "a destination is missing";
                    case SUSPICIOUS -> "done, but something is odd";
                    case REFUSED -> "refused";
                    case COMPLETE -> "done";
                };
        Optional<BundleId> point = ended.point().isEmpty() ? Optional.empty() : Optional.of(BundleId.of(ended.point()));
        alarms.raise(level, title, ended.problems(), job, current.instance(), point, now);
        alarms.dead(job, title);
    }

    /** Silence (S9), and alarms that could not be sent. */
    private void watch(BackupPlan current, Instant now) throws InterruptedException {
        try {
            Map<Job, Duration> ages = new EnumMap<>(Job.class);
            for (Job job : work.keySet()) {
                schedule(current, job).ifPresent(schedule -> ages.put(job, maximumAge(schedule, now)));
            }
            if (takesEvidence) {
                ages.put(Job.PROOF, PROOF_AGE);
            }
            Set<Job> alerted = state.alerted().stream()
                    .map(name -> Job.valueOf(name.toUpperCase(java.util.Locale.ROOT)))
                    .collect(Collectors.toSet());
            Heartbeats.Findings findings =
                    new Heartbeats(ages).check(state.succeeded(), state.since(), alerted, current.instance(), now);
            for (Alert each : findings.alerts()) {
                log.line(each.title() + ": " + each.body());
                alarms.raise(each);
            }
            metrics.overdue(ages.keySet(), findings.overdue());
            state.alerted(new ArrayList<>(
                    new TreeSet<>(findings.alerted().stream().map(Job::toString).toList())));
            alarms.retry();
        } catch (IOException e) {
            log.line("the agent's memory cannot be written: " + e.getMessage());
        }
    }

    /** One hour more than the longest of the next pauses: a daily job may be silent for 25 h (R4.3). */
    private static Duration maximumAge(Schedule schedule, Instant now) {
        Instant last = schedule.next(now);
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 8; i++) {
            Instant next = schedule.next(last);
            Duration pause = Duration.between(last, next);
            longest = pause.compareTo(longest) > 0 ? pause : longest;
            last = next;
        }
        return longest.plusHours(1);
    }

    /** A backup's outcome as the other jobs' are. */
    static RunEvent.Ended ended(BackupReport report, Instant at) {
        return new RunEvent.Ended(
                at.toString(),
                report.verdict(),
                report.seal().isPresent() ? report.point().toString() : "",
                report.seal().map(seal -> seal.seal().sequence()).orElse(0L),
                report.problems());
    }

    @Override
    public void close() {
        metricsDoor.close();
        alarms.close();
        try {
            locks.close();
        } catch (IOException e) {
            log.line("the lock's file could not be closed: " + e.getMessage());
        }
    }
}
