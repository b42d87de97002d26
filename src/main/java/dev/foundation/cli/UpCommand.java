package dev.foundation.cli;

import dev.foundation.pulumi.Pulumi;
import dev.foundation.spec.Configuration;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.SpecDraft;
import dev.foundation.spec.SpecParser;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
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
    private final Workspace workspace;
    private final Terminal terminal;
    private final Preparation preparation;

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
            workspace
                    .pulumi(draft.provisional().instance(), draft.site().orElseThrow())
                    .preview();
            return ExitCodes.DONE;
        }
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
        Pulumi pulumi = workspace.pulumi(provisional.instance(), site);
        boolean known = firstRun.openStack(pulumi, configuration);
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
        pulumi.up(terminal.interactive() && known && !yes);
        terminal.out().println(new KeysKeeper(workspace, pulumi).save());
        return summary();
    }

    private Site site(SpecDraft draft) throws IOException, InterruptedException {
        if (draft.site().isPresent()) {
            return draft.site().get();
        }
        Preparation.Finding<Site> found = preparation.site();
        terminal.err().println(found.line());
        return found.value();
    }

    private Engine engine(SpecDraft draft, Site site) throws IOException, InterruptedException {
        if (draft.engine().isPresent() || !draft.provisional().s3().enabled()) {
            return draft.engine().orElse(Engine.VERSITYGW);
        }
        Preparation.Finding<Engine> found = preparation.engine(site);
        terminal.err().println(found.line());
        return found.value();
    }

    private int summary() throws Exception {
        Configuration configuration = workspace.configuration();
        SpecDraft draft = SpecParser.draft(configuration);
        StatusReport report = StatusReport.take(workspace, draft, configuration);
        terminal.out().println();
        new StatusText(terminal, Clock.systemUTC().instant()).lines(report).forEach(terminal.out()::println);
        terminal.out().println();
        StatusText.addresses(draft.provisional()).forEach(terminal.out()::println);
        return report.fine() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
