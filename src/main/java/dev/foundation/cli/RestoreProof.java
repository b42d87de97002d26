package dev.foundation.cli;

import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Point;
import dev.foundation.proof.CheckResult;
import dev.foundation.proof.Evidence;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.recover.KeyProof;
import dev.foundation.recover.OffSite;
import dev.foundation.recover.OpenedConfiguration;
import dev.foundation.recover.PointChoice;
import dev.foundation.recover.Staging;
import dev.foundation.secret.Secret;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weekly proof (R4.1): the newest point restored into a scratch environment and asked every question there is. Whatever goes wrong on the way ends in evidence
 * that is red; no evidence is red too, for who waits for it.
 */
final class RestoreProof {
    private static final String RESTORE = "restore";

    private final Workspace workspace;
    private final Clock clock;
    private final RunView view;
    private final boolean quiet;
    private final boolean keep;
    private final MeasuredSteps steps;
    private final List<String> problems = new ArrayList<>();
    private List<CheckResult> checks = List.of();

    /**
     * @param quiet whether standard output is kept for the evidence
     * @param keep whether the scratch environment stays, for a person to look at
     */
    RestoreProof(Workspace workspace, Clock clock, RunView view, boolean quiet, boolean keep) {
        this.workspace = workspace;
        this.clock = clock;
        this.view = view;
        this.quiet = quiet;
        this.keep = keep;
        this.steps = new MeasuredSteps(clock, view);
    }

    /** @param from a folder that holds the points; else the configured off-site, or the folder of this host */
    Evidence run(Optional<Path> from) throws Exception {
        SpecDraft draft = workspace.settledDraft();
        FoundationSpec spec = draft.spec();
        workspace.preparation().docker();
        PulumiSetting setting = workspace.setting(draft, draft.site().orElseThrow());
        Secret<Map<String, String>> secrets = OpenedConfiguration.read(
                setting, workspace.environment(), workspace.terminal().err());
        Path state = workspace.preparation().stateFolder(spec.instance());
        Instant started = clock.instant();
        try (OffSite place = OffSite.open(from, spec.backup(), workspace.pointFolders(spec), secrets)) {
            PointChoice.Choice choice = new PointChoice(
                            place.store(),
                            FoundPoint.trust(spec),
                            dev.foundation.bundle.Known.nothing(),
                            new SecureRandom(),
                            view::event)
                    .listed(Optional.empty());
            problems.addAll(choice.alarms());
            Point.Sealed point = choice.point();
            ScratchFoundation scratch = new ScratchFoundation(workspace, spec, setting, state.resolve("proof"));
            try {
                restoreAndAsk(scratch, place, point, spec, secrets);
            } catch (IOException e) {
                problems.add(String.valueOf(e.getMessage()));
            } finally {
                takeAway(scratch);
            }
            Evidence evidence = Evidence.of(
                    point.seal(), Workspace.host(), program(), started, clock.instant(), steps.all(), checks, problems);
            new EvidenceFile(workspace, spec, view::event)
                    .keep(evidence, Secret.of(secrets.expose().getOrDefault("sealSigningKey", "")), "proofs");
            return evidence;
        }
    }

    private void restoreAndAsk(
            ScratchFoundation scratch,
            OffSite place,
            Point.Sealed point,
            FoundationSpec spec,
            Secret<Map<String, String>> secrets)
            throws IOException, InterruptedException {
        scratch.clear();
        Staging staging = new Staging(scratch.stage(), clock);
        steps.run("copy and check", () -> {
            long _ = staging.stage(point.signed(), place.store(), view::event);
        });
        KeyProof keys = new KeyProof(
                staging.store(), point.signed(), Secret.of(secrets.expose().getOrDefault("backupAgeIdentity", "")));
        Manifest _ = keys.manifest(); // a wrong identity is told before anything is made
        steps.run("images", () -> workspace.preparation().images(spec));
        steps.run(RESTORE, () -> scratch.restore(keys, secrets, point.id().toString(), place.from(), quiet));
        scratch.seconds()
                .forEach((name, seconds) -> steps.add(Evidence.Step.part(RESTORE, name, Duration.ofSeconds(seconds))));
        checks = scratch.services().ask(point.seal(), keys, clock, view::event);
    }

    private void takeAway(ScratchFoundation scratch) throws InterruptedException {
        if (keep) {
            scratch.tell(workspace.terminal().err());
            return;
        }
        try {
            scratch.close();
        } catch (IOException | RuntimeException e) {
            problems.add("the scratch environment could not be taken away: " + e.getMessage());
        }
    }

    static String program() {
        return Optional.ofNullable(RestoreProof.class.getPackage().getImplementationVersion())
                .orElse("unreleased");
    }
}
