package dev.foundation.cli;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.Trust;
import dev.foundation.docker.DockerCli;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.recover.ContainerVault;
import dev.foundation.recover.NotReached;
import dev.foundation.recover.OffSite;
import dev.foundation.recover.OpenedConfiguration;
import dev.foundation.recover.PointChoice;
import dev.foundation.recover.Products;
import dev.foundation.recover.Progress;
import dev.foundation.recover.RecoveryRecord;
import dev.foundation.recover.ScratchVault;
import dev.foundation.recover.WrongKey;
import dev.foundation.schedule.RunLock;
import dev.foundation.schedule.RunLocks;
import dev.foundation.secret.Secret;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import dev.foundation.spec.SpecDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code recover}: the lost foundation on this fresh machine, from the repository and the passphrase. Run again, it goes on where it stopped. */
@Command(
        name = "recover",
        description = {
            "Rebuild the whole foundation on this fresh machine, from its newest point that holds.",
            "Needs Pulumi.foundation.yaml and the passphrase. Stopped, the same command goes on where it was.",
            "Exit code 0 if recovered, 1 if it failed, 3 if the points could not be read, 4 if refused."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation recover --plan               what would be recovered; reads no artifact",
            "  ./foundation recover                      all of it; asks for the instance's name",
            "  ./foundation recover --prepare            stop before `pulumi up --stack dr`",
            "  ./foundation recover --drill              on a spare machine: fenced, asked every question, claims nothing",
            "  ./foundation recover --from /mnt/points --seal-key \"ssh-ed25519 AAAA...\"",
            "                                            where Pulumi.foundation.yaml is lost too"
        })
final class RecoverCommand implements Callable<Integer> {
    /** Where a throw-away Vault comes from. */
    @FunctionalInterface
    interface Vaults {
        ScratchVault open(FoundationSpec spec) throws IOException, InterruptedException;
    }

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Workspace workspace;
    private final Terminal terminal;
    private final Preparation preparation;
    private final Vaults vaults;
    private final Clock clock;

    @Option(
            names = "--point",
            paramLabel = "P",
            description = "Take this point; else the newest that holds.",
            converter = PointArgument.class)
    private @Nullable String point;

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description = "A folder that holds the points, not the configured off-site; or s3://BUCKET?endpoint=URL.")
    private @Nullable String from;

    @Option(
            names = "--seal-key",
            paramLabel = "LINE",
            description = "The seal's public key from the recovery sheet, where Pulumi.foundation.yaml is lost.")
    private @Nullable String sealKey;

    @Option(names = "--plan", description = "Say what would be done, and touch nothing.")
    private boolean plan;

    @Option(names = "--prepare", description = "Stop before `pulumi up --stack dr`.")
    private boolean prepare;

    @Option(
            names = "--drill",
            description =
                    "A rehearsal on a machine that is thrown away: nothing in it reaches anybody, nothing is claimed.")
    private boolean drill;

    @Option(names = "--confirm", paramLabel = "INSTANCE", description = "Agree beforehand, by the instance's name.")
    private @Nullable String confirm;

    @Option(names = "--json", description = "Print the events as JSON, one a line; of a drill the evidence.")
    private boolean json;

    RecoverCommand(Workspace workspace) {
        this(
                workspace,
                spec -> ContainerVault.start(
                        new DockerCli(workspace.environment()),
                        spec.instance().value(),
                        workspace.preparation().image(spec, ServiceName.VAULT).value()),
                Clock.systemUTC());
    }

    RecoverCommand(Workspace workspace, Vaults vaults, Clock clock) {
        this.workspace = workspace;
        this.terminal = workspace.terminal();
        this.preparation = workspace.preparation();
        this.vaults = vaults;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        try {
            return recover();
        } catch (NotReached e) {
            throw new NotVerified(String.valueOf(e.getMessage()));
        } catch (WrongKey e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private int recover() throws Exception {
        new LostConfiguration(workspace).make(from, sealKey, asked());
        SpecDraft draft = workspace.settledDraft();
        FoundationSpec spec = draft.spec();
        PulumiSetting setting = workspace.setting(draft, draft.site().orElseThrow());
        // A rehearsal is never taken for the unfinished work of a recovery.
        Path folder = preparation.stateFolder(spec.instance()).resolve(drill ? "drill" : "recovery");
        Optional<Progress> left = Progress.read(folder).filter(each -> !each.over());
        if (!plan) {
            preparation.docker();
            new RecoveryGuard(new Containers(workspace.environment()), spec)
                    .pass(left, workspace.pulumi(setting, Pulumi.STACK), workspace.pulumi(setting, Pulumi.RECOVERY));
        }
        Secret<Map<String, String>> secrets =
                OpenedConfiguration.read(setting, workspace.environment(), terminal.err());
        Trust trust = FoundPoint.trust(spec);
        try (OffSite place = place(spec, left, secrets)) {
            Optional<BundleId> asked = asked();
            PointChoice.Choice choice;
            long began = clock.millis();
            try (RunView view = RunText.view("recover", terminal, json && !drill)) {
                choice = choose(place, trust, left, asked, view);
            }
            long chosen = clock.millis() - began;
            List<String> against = Products.against(choice.point().seal().services(), OwnProducts.of(workspace, spec));
            List<String> lines = RecoveryPlan.lines(
                    choice, place.store().place(), RecoveryRecord.last(folder), clock.instant(), against);
            if (plan) {
                (json ? terminal.err() : terminal.out())
                        .println(terminal.strong("recover " + spec.instance() + " (id " + spec.instanceId()
                                + ") on host " + Workspace.host()));
                lines.forEach(line -> (json ? terminal.err() : terminal.out()).println("  " + line));
                return ended(Verdict.COMPLETE, choice, List.of(), "planned; nothing was touched.");
            }
            if (!against.isEmpty()) {
                throw new Refused(String.join("; ", against) + ". Nothing was touched.");
            }
            if (left.isEmpty()) {
                new Guard(workspace).pass("recover", draft, lines, confirm);
            }
            return run(
                    new RecoveryRun(workspace, draft, setting, folder, secrets, vaults, clock, json, drill),
                    left,
                    choice,
                    chosen,
                    place,
                    spec);
        }
    }

    private int run(
            RecoveryRun run,
            Optional<Progress> left,
            PointChoice.Choice choice,
            long chosen,
            OffSite place,
            FoundationSpec spec)
            throws Exception {
        Progress progress = left.orElseGet(() -> run.begun(choice, place.from(), chosen));
        try (RunLocks locks = RunLocks.in(preparation.sharedFolders(spec.instance()), clock);
                RunLock held = alone(locks, left.isPresent())) {
            progress = run.prepared(progress, choice.point().signed(), place.store());
            if (prepare) {
                terminal.out()
                        .println("Prepared. Now: eval \"$(./foundation env)\" && pulumi up --stack " + Pulumi.RECOVERY);
                terminal.out()
                        .println(
                                "and then `./foundation recover` once more, which names the stack and claims the off-site.");
                return ended(Verdict.COMPLETE, choice, progress.warnings(), "is prepared as the stack dr.");
            }
            progress = run.up(progress);
            if (drill) {
                return EvidenceFile.shown(run.asked(progress, choice.point().signed()), terminal, json);
            }
            progress = run.named(progress);
        }
        Optional<String> unclaimed = run.claim(progress);
        if (unclaimed.isPresent()) {
            return ended(
                    Verdict.INCOMPLETE,
                    choice,
                    List.of(unclaimed.get(), "run `./foundation recover` again: only this step is left"),
                    "is recovered, but the off-site is not claimed:");
        }
        return ended(Verdict.COMPLETE, choice, progress.warnings(), "is recovered. Commit Pulumi.foundation.yaml.");
    }

    /** Where a recovery was stopped late, its agent may be at its first run: who goes on waits for that. */
    private RunLock alone(RunLocks locks, boolean goesOn) throws IOException, InterruptedException {
        Optional<RunLock> free = locks.tryAcquire("recover");
        if (free.isPresent()) {
            return free.get();
        }
        if (!goesOn) {
            throw new Refused("another job of this foundation holds the run lock; wait until it has ended");
        }
        terminal.err()
                .println("Waiting for the run lock, held by " + locks.holder().orElse("another job") + ".");
        return locks.acquire("recover", PATIENCE);
    }

    private int ended(Verdict verdict, PointChoice.Choice choice, List<String> problems, String words) {
        Seal seal = choice.point().seal();
        var end = new RunEvent.Ended(
                clock.instant().toString(), verdict, seal.point().toString(), seal.sequence(), problems);
        if (json) {
            new RunJson(terminal.out()).event(end);
        } else {
            RunText.lines(terminal, end, seal.point() + " (sequence " + seal.sequence() + ") " + words)
                    .forEach(terminal.out()::println);
        }
        return RunText.exit(verdict);
    }

    private PointChoice.Choice choose(
            OffSite place, Trust trust, Optional<Progress> left, Optional<BundleId> asked, RunView view)
            throws IOException, InterruptedException {
        var choice = new PointChoice(place.store(), trust, Known.nothing(), new SecureRandom(), view::event);
        if (left.isEmpty()) {
            return plan ? choice.listed(asked) : choice.newest(asked);
        }
        Progress progress = left.get();
        BundleId begun = BundleId.of(progress.point());
        if (asked.isPresent() && !asked.get().equals(begun)) {
            throw new Refused("a recovery of " + begun + " was begun here and is not finished (done: "
                    + progress.done().text()
                    + "): go on with it, without --point. For another point begin on a fresh machine.");
        }
        view.event(new RunEvent.Noted("goes on with " + begun + ", begun " + progress.began() + "; done so far: "
                + progress.done().text()));
        return choice.listed(Optional.of(begun));
    }

    private OffSite place(FoundationSpec spec, Optional<Progress> left, Secret<Map<String, String>> secrets)
            throws IOException {
        Optional<Path> folder = Optional.ofNullable(from)
                .filter(given -> !given.startsWith("s3://"))
                .or(() -> left.map(Progress::from).filter(given -> given.startsWith("/")))
                .map(Path::of);
        return OffSite.open(folder, spec.backup(), workspace.pointFolders(spec), secrets);
    }

    private Optional<BundleId> asked() {
        return Optional.ofNullable(point)
                .filter(each -> !each.equals(PointArgument.LATEST))
                .map(BundleId::of);
    }
}
