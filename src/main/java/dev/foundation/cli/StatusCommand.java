package dev.foundation.cli;

import dev.foundation.spec.Configuration;
import dev.foundation.spec.SpecDraft;
import dev.foundation.spec.SpecParser;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}: needs Docker, but neither Pulumi nor the passphrase. */
@Command(
        name = "status",
        description = {
            "Each service: healthy or why not; and whether all of it could be rebuilt.",
            "Exit code 0 if everything is as it should be, 1 if not, 3 if Docker does not answer."
        })
final class StatusCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    StatusCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = workspace.configuration();
        SpecDraft draft = SpecParser.draft(configuration);
        Instant now = Clock.systemUTC().instant();
        StatusReport report = StatusReport.take(workspace, draft, configuration, now);
        Terminal terminal = workspace.terminal();
        if (json) {
            terminal.out().println(StatusJson.of(report));
        } else {
            new StatusText(terminal, now).lines(report).forEach(terminal.out()::println);
        }
        return report.fine() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
