package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import dev.foundation.spec.FoundationSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The first point of a recovered foundation, which claims the off-site with its new epoch. */
final class FirstPoint {
    /** For a run of the agent's own that came first. */
    private static final Duration PATIENCE = Duration.ofHours(2);

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Workspace workspace;
    private final FoundationSpec spec;
    private final Clock clock;

    FirstPoint(Workspace workspace, FoundationSpec spec, Clock clock) {
        this.workspace = workspace;
        this.spec = spec;
        this.clock = clock;
    }

    /** The agent may be at a first run of its own: then this one follows it. @throws AgentException if it does not answer */
    RunEvent.Ended take(RunView view) throws IOException, InterruptedException {
        AgentDoor agent = AgentDoor.agent(workspace, spec);
        Instant until = clock.instant().plus(PATIENCE);
        while (true) {
            RunEvent.Ended ended = RunStream.follow(agent, "/run/backup", view);
            if (ended.verdict() != RunEvent.Verdict.REFUSED || clock.instant().isAfter(until)) {
                return ended;
            }
            view.event(new RunEvent.Noted("waits: " + String.join("; ", ended.problems())));
            Thread.sleep(PAUSE);
        }
    }
}
