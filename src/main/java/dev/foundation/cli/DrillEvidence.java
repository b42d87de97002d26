package dev.foundation.cli;

import dev.foundation.bundle.Seal;
import dev.foundation.docker.DockerCli;
import dev.foundation.proof.CheckResult;
import dev.foundation.proof.Evidence;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.recover.KeyProof;
import dev.foundation.recover.Progress;
import dev.foundation.spec.FoundationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What a drill's recovery took, and what the recovered services answer. What goes wrong is in the evidence, which is red then. */
final class DrillEvidence {
    private final Workspace workspace;
    private final FoundationSpec spec;
    private final Pulumi stack;
    private final Path folder;
    private final Clock clock;

    /** @param folder of the recovery */
    DrillEvidence(Workspace workspace, FoundationSpec spec, Pulumi stack, Path folder, Clock clock) {
        this.workspace = workspace;
        this.spec = spec;
        this.stack = stack;
        this.folder = folder;
        this.clock = clock;
    }

    Evidence of(Progress progress, Seal point, KeyProof keys, String prefix) throws InterruptedException {
        List<CheckResult> checks = List.of();
        List<String> problems = new ArrayList<>(progress.warnings());
        List<Evidence.Step> steps = new ArrayList<>();
        try (RunView view = RunText.view("drill", workspace.terminal(), false)) {
            steps.addAll(steps(progress, RecoveryRun.seconds(stack)));
            Map<String, Integer> ports = Map.of(
                    "vault.port", spec.vault().port(),
                    "s3.port", spec.s3().port(),
                    "forgejo.port", spec.forgejo().port());
            checks = new RestoredServices(new DockerCli(workspace.environment()), prefix, ports, stack, folder)
                    .ask(point, keys, clock, view::event);
        } catch (IOException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return Evidence.of(
                point,
                Workspace.host(),
                RestoreProof.program(),
                Instant.parse(progress.began()),
                clock.instant(),
                steps,
                checks,
                problems);
    }

    private static List<Evidence.Step> steps(Progress progress, SortedMap<String, Long> restored) {
        List<Evidence.Step> steps = new ArrayList<>();
        for (Progress.Step each : Progress.Step.values()) {
            Long took = progress.millis().get(each.name());
            if (took != null) {
                steps.add(new Evidence.Step(each.text(), Duration.ofMillis(took)));
            }
            if (each == Progress.Step.UP) {
                restored.forEach((name, seconds) ->
                        steps.add(Evidence.Step.part(each.text(), name, Duration.ofSeconds(seconds))));
            }
        }
        return steps;
    }
}
