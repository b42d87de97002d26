package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import dev.foundation.proof.Evidence;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The steps of a restore, each shown while it runs and measured, also where it fails (RTO). */
final class MeasuredSteps {
    private final Clock clock;
    private final RunView view;
    private final List<Evidence.Step> steps = new ArrayList<>();

    MeasuredSteps(Clock clock, RunView view) {
        this.clock = clock;
        this.view = view;
    }

    /** What a step does. */
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    void run(String name, Work work) throws IOException, InterruptedException {
        Instant begun = clock.instant();
        view.event(new RunEvent.Began(name));
        try {
            work.run();
        } finally {
            Duration passed = Duration.between(begun, clock.instant());
            Duration took = passed.isNegative() ? Duration.ZERO : passed; // somebody has set the clock
            steps.add(new Evidence.Step(name, took));
            view.event(new RunEvent.Finished(name, 0, took.toMillis()));
        }
    }

    /** One that was measured elsewhere. */
    void add(Evidence.Step step) {
        steps.add(step);
    }

    List<Evidence.Step> all() {
        return List.copyOf(steps);
    }
}
