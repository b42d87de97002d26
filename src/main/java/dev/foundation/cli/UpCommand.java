package dev.foundation.cli;

import dev.foundation.docker.DockerCli;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiException;
import dev.foundation.pulumi.StackResource;
import dev.foundation.schedule.RunLock;
import dev.foundation.schedule.RunLocks;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.Configuration;
import dev.foundation.spec.FixedChoices;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.SpecDraft;
import dev.foundation.spec.SpecParser;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}: from nothing, or from whatever is there, to a whole foundation. Every step does nothing when it is done already. */
@Command(
        name = "up",
        description = {
            "Stand the foundation up, or mend what is missing; a second run changes nothing.",
            "The first run makes the passphrase and the keys, and says what to write down.",
            "At a terminal, changes to a foundation that exists are shown first, and want a yes."
        })
final class UpCommand implements Callable<Integer> {
    /** A backup of much data takes its time; a person may press Ctrl-C. */
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final Workspace workspace;
    private final Terminal terminal;
    private final Preparation preparation;
    private final Clock clock = Clock.systemUTC();

    @Option(names = "--preview", description = "Show what would change, and change nothing.")
    private boolean preview;

    @Option(
            names = {"-y", "--yes"},
            description = "Go ahead without asking.")
    private boolean yes;

    UpCommand(Workspace workspace) {
        this.workspace = workspace;
        this.terminal = workspace.terminal();
        this.preparation = workspace.preparation();
    }

    @Override
    public Integer call() throws Exception {
        if (preview) {
            SpecDraft draft = workspace.settledDraft();
            Pulumi pulumi = workspace.pulumi(draft, draft.site().orElseThrow());
            if (pulumi.stackExists()) {
                keepChoices(pulumi, draft);
            }
            pulumi.preview();
            return ExitCodes.DONE;
        }
        Instant start = clock.instant();
        Configuration configuration = workspace.configuration();
        SpecDraft draft = SpecParser.draft(configuration);
        FoundationSpec provisional = draft.provisional();
        var firstRun = new FirstRun(terminal, workspace.passphrase(provisional.instance()), new SecureRandom());
        firstRun.judgePassphrase(configuration);
        preparation.docker();
        Ports ports = new Ports(new Containers(workspace.environment()));
        // Without the console's port, which only RustFS binds, while the engine is open.
        ports.mustBeFree(draft.settle("", Site.ONLINE, Engine.VERSITYGW));

        Site site = site(draft);
        Pulumi pulumi = workspace.pulumi(draft, site);
        step("tools: ready");
        boolean known = firstRun.openStack(pulumi, configuration);
        if (known) {
            keepChoices(pulumi, draft);
        }
        firstRun.keys(pulumi, workspace.configuration());
        FoundationSpec chosen = draft.settle(UUID.randomUUID().toString(), site, engine(draft, site));
        if (draft.engine().isEmpty()) {
            ports.mustBeFree(chosen);
        }
        firstRun.writeChoices(pulumi, draft, chosen);
        if (!provisional.running()) {
            pulumi.checkPassphrase(); // before the file is changed
            pulumi.remove("running");
        }
        preparation.images(SpecParser.settled(workspace.configuration()));
        step("images: ready");
        KeysKeeper keys = new KeysKeeper(workspace, pulumi);
        // No backup may read what is being changed, and the first one must find the unseal keys in the file (S6).
        try (RunLocks locks = RunLocks.in(preparation.sharedFolders(provisional.instance()), clock);
                RunLock held = alone(locks)) {
            new KilledRun(pulumi, new DockerCli(workspace.environment()), terminal.err()).clear();
            pulumi.up(terminal.interactive() && known && !yes);
            terminal.out().println(keys.save());
        } catch (PulumiException e) {
            saveWhatIsThere(keys, e);
            throw e;
        }
        int exit = summary();
        terminal.out().println();
        terminal.out()
                .println((exit == ExitCodes.DONE ? "Up" : "Not healthy") + " after "
                        + StatusText.rough(Duration.between(start, clock.instant())) + ".");
        return exit;
    }

    private RunLock alone(RunLocks locks) throws IOException, InterruptedException {
        Optional<RunLock> lock = locks.tryAcquire("up");
        if (lock.isPresent()) {
            return lock.get();
        }
        step("waiting: " + locks.holder().orElse("another run") + " holds the run lock");
        return locks.acquire("up", PATIENCE);
    }

    /** Vault may have been initialised before something else failed; its keys must not stay in the state alone (K2). */
    private void saveWhatIsThere(KeysKeeper keys, PulumiException failure) throws InterruptedException {
        try {
            step(keys.save());
        } catch (IOException | ConfigSyntaxException e) {
            failure.addSuppressed(e);
        }
    }

    private void step(String line) {
        terminal.err().println(line);
    }

    /** Data lies under these: another server must never be started on it. */
    private static void keepChoices(Pulumi pulumi, SpecDraft draft) throws IOException, InterruptedException {
        for (StackResource resource : pulumi.resources()) {
            if (resource.type().equals(FixedChoices.TOKEN)) {
                String key = resource.inputs().getOrDefault("key", "");
                String fixed = resource.inputs().getOrDefault("choice", "");
                Optional<String> wanted = wanted(key, draft);
                if (wanted.isPresent() && !wanted.get().equals(fixed)) {
                    throw new Refused(FixedChoices.refusal(key, fixed, wanted.get()) + ". Nothing was touched.");
                }
            }
        }
    }

    private static Optional<String> wanted(String key, SpecDraft draft) {
        Optional<? extends Enum<?>> choice = switch (key) {
            case "s3.engine" -> draft.engine();
            case "forgejo.product" -> draft.product();
            default -> Optional.empty();
        };
        return choice.map(each -> each.name().toLowerCase(Locale.ROOT));
    }

    private Site site(SpecDraft draft) throws IOException, InterruptedException {
        if (draft.site().isPresent()) {
            Site site = draft.site().get();
            step("site: " + site.name().toLowerCase(Locale.ROOT) + " (Pulumi.foundation.yaml says so)");
            return site;
        }
        Preparation.Finding<Site> found = preparation.site();
        step(found.line());
        return found.value();
    }

    private Engine engine(SpecDraft draft, Site site) throws IOException, InterruptedException {
        if (!draft.provisional().s3().enabled()) {
            return draft.engine().orElse(Engine.VERSITYGW);
        }
        if (draft.engine().isPresent()) {
            Engine engine = draft.engine().get();
            step("s3: " + engine.name().toLowerCase(Locale.ROOT) + " (Pulumi.foundation.yaml says so)");
            return engine;
        }
        Preparation.Finding<Engine> found = preparation.engine(site);
        step(found.line());
        return found.value();
    }

    private int summary() throws Exception {
        Configuration configuration = workspace.configuration();
        SpecDraft draft = SpecParser.draft(configuration);
        StatusReport report = StatusReport.take(workspace, draft, configuration, clock.instant());
        terminal.out().println();
        new StatusText(terminal, clock.instant()).lines(report).forEach(terminal.out()::println);
        terminal.out().println();
        StatusText.addresses(draft.provisional()).forEach(terminal.out()::println);
        return report.fine() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
