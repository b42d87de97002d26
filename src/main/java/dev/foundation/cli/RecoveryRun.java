package dev.foundation.cli;

import dev.foundation.artifact.pulumistate.StackExport;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.docker.DockerCli;
import dev.foundation.event.RunEvent;
import dev.foundation.proof.Evidence;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiException;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.recover.KeyProof;
import dev.foundation.recover.PointChoice;
import dev.foundation.recover.Progress;
import dev.foundation.recover.Progress.Step;
import dev.foundation.recover.RecoveryRecord;
import dev.foundation.recover.ScratchVault;
import dev.foundation.recover.Staging;
import dev.foundation.recover.StateRewrite;
import dev.foundation.recover.UnsealProof;
import dev.foundation.secret.Secret;
import dev.foundation.spec.ConfigKeys;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.InvalidConfigException;
import dev.foundation.spec.SpecDraft;
import dev.foundation.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The steps of a recovery, each measured and written down when it is done; those that are done are passed over. */
final class RecoveryRun {
    private static final List<String> RESTORES =
            List.of("VaultRestore", "PostgresRestore", "BucketsRestore", "ForgejoRestore", "ForgejoRepair");

    private final Workspace workspace;
    private final SpecDraft draft;
    private final PulumiSetting setting;
    private final Path folder;
    private final Secret<Map<String, String>> secrets;
    private final RecoverCommand.Vaults vaults;
    private final Clock clock;
    private final boolean json;
    private final boolean drill;
    private Map<String, String> services = Map.of();

    RecoveryRun(
            Workspace workspace,
            SpecDraft draft,
            PulumiSetting setting,
            Path folder,
            Secret<Map<String, String>> secrets,
            RecoverCommand.Vaults vaults,
            Clock clock,
            boolean json,
            boolean drill) {
        this.workspace = workspace;
        this.draft = draft;
        this.setting = setting;
        this.folder = folder;
        this.secrets = secrets;
        this.vaults = vaults;
        this.clock = clock;
        this.json = json;
        this.drill = drill;
    }

    private FoundationSpec spec() {
        return draft.spec();
    }

    /** @param chosen how long the choice took, in milliseconds */
    Progress begun(PointChoice.Choice choice, String from, long chosen) {
        List<String> warnings = new ArrayList<>(choice.alarms());
        choice.rejected()
                .forEach(each -> warnings.add(
                        each.point() + " was not taken: " + each.why().getFirst()));
        return new Progress(
                spec().instance().value(),
                choice.point().id().toString(),
                choice.point().seal().sequence(),
                choice.point().seal().epoch() + 1,
                from,
                clock.instant().toString(),
                0,
                Step.CHOSEN,
                Map.of(Step.CHOSEN.name(), chosen),
                warnings);
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Work that finds out what a later run must know. */
    private interface Finding {
        Progress run(Progress before) throws IOException, InterruptedException;
    }

    private Progress step(Progress progress, Step step, RunView view, Work work)
            throws IOException, InterruptedException {
        return found(progress, step, view, before -> {
            work.run();
            return before;
        });
    }

    private Progress found(Progress progress, Step step, RunView view, Finding work)
            throws IOException, InterruptedException {
        if (progress.has(step)) {
            return progress;
        }
        long start = clock.millis();
        view.event(new RunEvent.Began(step.text()));
        Progress known = work.run(progress);
        long took = clock.millis() - start;
        view.event(new RunEvent.Finished(step.text(), 0, took));
        Progress after = known.after(step, took);
        after.write(folder);
        return after;
    }

    /** Up to the stack {@code dr}, which holds the point's state then. */
    Progress prepared(Progress begun, SignedSeal point, ObjectStore from) throws IOException, InterruptedException {
        Map<String, String> named = new HashMap<>();
        point.seal()
                .services()
                .forEach((service, product) -> named.put(service, product.name() + " " + product.version()));
        services = Map.copyOf(named);
        begun.write(folder);
        var staging = new Staging(folder, clock);
        KeyProof proof = keys(point);
        try (RunView view = RunText.view("recover", workspace.terminal(), json && !drill)) {
            Progress progress = step(begun, Step.STAGED, view, () -> {
                long _ = staging.stage(point, from, view::event);
            });
            progress = found(progress, Step.PROVED, view, before -> before.openedBy(prove(proof, view)));
            Progress proved = progress;
            return step(progress, Step.PREPARED, view, () -> stack(proof, point, proved, view));
        }
    }

    private KeyProof keys(SignedSeal point) {
        return new KeyProof(
                new Staging(folder, clock).store(),
                point,
                Secret.of(secrets.expose().getOrDefault("backupAgeIdentity", "")));
    }

    /** @return the generation of the unseal keys that opens the point's Vault; 0 if it has none */
    private int prove(KeyProof proof, RunView view) throws IOException, InterruptedException {
        view.event(new RunEvent.Noted("the identity opens "
                + proof.manifest().point() + ", whose manifest names "
                + Quantity.counted(proof.manifest().artifacts().size(), "artifact")));
        if (!proof.hasVault()) {
            return 0;
        }
        workspace.preparation().images(spec());
        try (ScratchVault vault = vaults.open(spec())) {
            UnsealProof.Result found = proof.unsealKeys(vault, KeysKeeper.held(secrets));
            view.event(found.all() ? new RunEvent.Noted(found.text()) : new RunEvent.Warned(found.text()));
            return found.generation();
        }
    }

    private void stack(KeyProof proof, SignedSeal point, Progress progress, RunView view)
            throws IOException, InterruptedException {
        StateRewrite state;
        try (InputStream plain = proof.open(Names.PULUMI_STATE)) {
            state = StateRewrite.of(StackExport.read(plain).json(), Pulumi.RECOVERY);
        }
        Pulumi stack = workspace.pulumi(setting, Pulumi.RECOVERY);
        Files.copy(workspace.stackFile(), stack.stackFile(), StandardCopyOption.REPLACE_EXISTING);
        if (!stack.stackExists()) {
            stack.initStack();
        }
        stack.set("recovery.point", point.seal().point().toString());
        stack.set("recovery.stage", folder.toAbsolutePath().toString());
        stack.set("recovery.from", progress.from());
        stack.set("epoch", String.valueOf(progress.epoch()));
        if (progress.unsealGeneration() > 0) {
            KeysKeeper.bringBack(stack, secrets, progress.unsealGeneration());
        }
        if (drill) {
            for (Map.Entry<String, String> each : Fence.settings(prefix()).entrySet()) {
                stack.set(each.getKey(), each.getValue());
            }
        } else if (!spec().running()) {
            stack.remove("running");
        }
        try {
            if (stack.importState(state.export(), ConfigKeys.RETIRED_PASSPHRASES)) {
                view.event(new RunEvent.Noted("the point's Pulumi state was under an earlier passphrase"));
            }
        } catch (PulumiException e) {
            if (e.wrongPassphrase()) {
                throw new IOException("the Pulumi state in " + point.seal().point()
                        + " is under another passphrase than Pulumi.foundation.yaml, and under none of those that"
                        + " `keys rotate passphrase` kept there. Put the passphrase of that time into "
                        + setting.passphrase().described() + " and take the file of that time (the point has a copy),"
                        + " or recover a newer point");
            }
            throw e;
        }
        if (drill) {
            stack.forget(Fence::keptOut);
        }
        view.event(new RunEvent.Noted("kept " + total(state.kept()) + " resources of the state; "
                + total(state.stripped()) + " lived on the lost machine and are made anew"));
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(each -> each).sum();
    }

    private String prefix() {
        return Fence.prefix(spec(), "-drill");
    }

    /** Every container and every restore step. The run lock is held. */
    Progress up(Progress begun) throws IOException, InterruptedException {
        Pulumi stack = workspace.pulumi(setting, Pulumi.RECOVERY);
        try (RunView view = RunText.view("recover", workspace.terminal(), json && !drill)) {
            return step(begun, Step.UP, view, () -> {
                workspace.preparation().images(spec());
                new KilledRun(
                                stack,
                                new DockerCli(workspace.environment()),
                                workspace.terminal().err())
                        .clear();
                if (json || drill) {
                    stack.upAside();
                } else {
                    stack.up(false);
                }
            });
        }
    }

    /** A drill's end. */
    Evidence asked(Progress progress, SignedSeal point) throws IOException, InterruptedException {
        Pulumi stack = workspace.pulumi(setting, Pulumi.RECOVERY);
        return new DrillEvidence(workspace, spec(), stack, folder, clock)
                .of(progress, point.seal(), keys(point), prefix());
    }

    /** To the foundation's own name. The run lock is held. */
    Progress named(Progress begun)
            throws IOException, InterruptedException, ConfigSyntaxException, InvalidConfigException {
        Pulumi stack = workspace.pulumi(setting, Pulumi.RECOVERY);
        Progress progress;
        try (RunView view = RunText.view("recover", workspace.terminal(), json)) {
            progress = step(begun, Step.RENAMED, view, () -> {
                if (stack.stackExists()) { // else a run was stopped just after it
                    stack.renameStack(Pulumi.STACK);
                }
            });
        }
        String saved = new KeysKeeper(workspace, workspace.pulumi(setting, Pulumi.STACK)).save();
        workspace.terminal().err().println(saved);
        return progress;
    }

    /** The first point of the new epoch, taken by the agent. @return why it could not be; empty if all is done */
    Optional<String> claim(Progress begun) throws IOException, InterruptedException {
        Progress progress = begun;
        if (spec().backup().enabled() && !progress.has(Step.CLAIMED)) {
            long start = clock.millis();
            RunEvent.Ended ended;
            try (RunView view = RunText.view("backup", workspace.terminal(), json)) {
                ended = new FirstPoint(workspace, spec(), clock).take(view);
            } catch (AgentException e) {
                return Optional.of(e.words());
            }
            if (ended.point().isEmpty()) {
                return Optional.of(
                        ended.problems().isEmpty()
                                ? "no point came of the first backup"
                                : String.join("; ", ended.problems()));
            }
            progress = progress.after(Step.CLAIMED, clock.millis() - start);
        } else {
            progress = progress.after(Step.CLAIMED, 0);
        }
        Instant now = clock.instant();
        Path evidence = RecoveryRecord.write(
                folder,
                progress,
                Workspace.host(),
                services,
                seconds(workspace.pulumi(setting, Pulumi.STACK)),
                dev.foundation.bundle.BundleId.of(progress.point()).moment(),
                now);
        progress.write(folder);
        workspace.terminal().err().println("Evidence: " + evidence);
        for (Step each : Step.values()) {
            Long took = progress.millis().get(each.name());
            if (took != null) {
                workspace.terminal().err().println("  " + each.text() + ": " + Quantity.clock(Duration.ofMillis(took)));
            }
        }
        return Optional.empty();
    }

    /** How long each restore step took, in seconds, by its type. */
    static SortedMap<String, Long> seconds(Pulumi stack) throws IOException, InterruptedException {
        SortedMap<String, Long> seconds = new TreeMap<>();
        for (String each : RESTORES) {
            stack.outputsOf("foundation:index:" + each)
                    .expose()
                    .forEach(
                            outputs -> seconds.put(each, outputs.path("seconds").asLong()));
        }
        return seconds;
    }
}
