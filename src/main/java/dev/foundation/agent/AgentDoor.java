package dev.foundation.agent;

import dev.foundation.schedule.Job;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** What the containers start: {@code agent serve} takes points, {@code agent prune-on-schedule} removes what retention no longer keeps. */
public final class AgentDoor {
    private AgentDoor() {}

    /** @return the exit code; serving ends only when the process is told to */
    public static int run(String[] arguments, PrintStream out) throws IOException {
        String command = String.join(" ", arguments);
        return switch (command) {
            case "serve" -> serve(AgentPlaces.inContainer(), out);
            case "prune-on-schedule" -> prune(AgentPlaces.inContainer(), out);
            default -> {
                out.println("agent: usage: agent serve | agent prune-on-schedule");
                yield 2;
            }
        };
    }

    private static int serve(AgentPlaces places, PrintStream out) throws IOException {
        InstantSource clock = InstantSource.system();
        EventLog log = new EventLog(out, places.state(), clock);
        AgentState state = AgentState.load(places.state(), clock.instant());
        int workers = Math.max(2, Runtime.getRuntime().availableProcessors());
        BackupJobRun runs = new BackupJobRun(places, state, clock, workers);
        Map<Job, Agent.Work> work = new EnumMap<>(Job.class);
        EvidenceDesk desk = new EvidenceDesk(clock);
        AgentJobs jobs = new AgentJobs(places, state, clock, runs, desk);
        work.put(Job.BACKUP, jobs::backup);
        work.put(Job.REPLICATE, jobs::replicate);
        work.put(Job.VERIFY, jobs::verify);
        try (Agent agent = new Agent(places, clock, log, state, work, Agent.METRICS_PORT);
                ControlDoor door =
                        ControlDoor.open(ControlDoor.PORT, agent, new AgentQuestions(agent, runs, places, desk))) {
            jobs.measuredBy(agent);
            agent.takesEvidence();
            return untilTold(agent, log, "the backup agent serves commands on port " + door.port());
        }
    }

    private static int prune(AgentPlaces places, PrintStream out) throws IOException {
        InstantSource clock = InstantSource.system();
        EventLog log = new EventLog(out, places.state(), clock);
        AgentState state = AgentState.load(places.state(), clock.instant());
        PruneJob pruning = new PruneJob(places, clock, PruneJob.inContainer(places));
        try (Agent agent = new Agent(places, clock, log, state, Map.of(Job.PRUNE, pruning::run), Agent.METRICS_PORT);
                ControlDoor door = ControlDoor.open(ControlDoor.PORT, agent, pruning.questions(agent))) {
            return untilTold(agent, log, "the pruner serves commands on port " + door.port());
        }
    }

    private static int untilTold(Agent agent, EventLog log, String line) {
        log.line(line);
        Thread serving = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            serving.interrupt(); // a run under way stops and publishes nothing
            try {
                serving.join(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try {
            agent.serve();
        } catch (InterruptedException e) {
            log.line("told to end");
        }
        return 0;
    }
}
