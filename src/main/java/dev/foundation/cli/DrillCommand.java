package dev.foundation.cli;

import dev.foundation.drill.Drills;
import dev.foundation.parts.Locations;
import dev.foundation.proof.Evidence;
import dev.foundation.recover.NotReached;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drill}: the worst day, rehearsed (R3.6). */
@Command(
        name = "drill",
        description = {
            "Rehearse the loss of this machine: recover everything in a fresh one, ask it every question, take it away.",
            "The fresh machine is a second Docker Engine with its own data in a network namespace without a way out;",
            "it has a clone of what is committed, the passphrase, and the newest point's off-site copy. Nothing is claimed,",
            "nobody is told, the foundation here is not touched. Run it as root. The evidence shows what each step took",
            "beside the last drills; it does not count how long you need for a machine with Docker and a JDK.",
            "Exit code 0 if every check is green, 1 if not, 3 if the points could not be read, 4 if refused."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation drill --plan                   what would be recovered; makes nothing",
            "  ./foundation drill                          from the off-site store",
            "  ./foundation drill --paper                  from the recovery sheet, typed in",
            "  ./foundation drill --repository URL         from the repository as it lies elsewhere",
            "On a spare machine: clone, and run `./foundation recover --drill` there."
        })
final class DrillCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Option(
            names = "--from",
            paramLabel = "FOLDER",
            description = "A folder that holds the points, not the configured off-site.")
    private @Nullable Path from;

    @Option(
            names = "--repository",
            paramLabel = "URL",
            description = "Clone this, not the commit that is checked out here; it must be the same.")
    private @Nullable String repository;

    @Option(
            names = "--paper",
            description = "Start from the recovery sheet alone: its lines are typed, or read from standard input.")
    private boolean paper;

    @Option(names = "--plan", description = "Say what would be done, and make nothing.")
    private boolean plan;

    @Option(names = "--json", description = "Print the evidence as JSON.")
    private boolean json;

    DrillCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        Terminal terminal = workspace.terminal();
        try (DrillSource source = paper ? DrillSource.paper(terminal, from) : DrillSource.committed(workspace, from)) {
            Path state = workspace.preparation().stateFolder(source.spec().instance());
            Drills before = DrillStatus.drills(workspace, source.spec());
            var run = new DrillRun(
                    workspace,
                    source,
                    repository == null ? workspace.repository().toString() : repository,
                    state.resolve("drill"),
                    Locations.of(workspace.environment()).cache(),
                    Clock.systemUTC());
            if (plan) {
                run.plan().forEach(line -> (json ? terminal.err() : terminal.out()).println(line));
                return ExitCodes.DONE;
            }
            Evidence evidence = run.evidence();
            try (RunView view = RunText.view("drill", terminal, false)) {
                new EvidenceFile(workspace, source.spec(), view::event)
                        .keep(evidence, source.signingKey(), DrillStatus.FOLDER);
            }
            int exit = EvidenceFile.shown(evidence, terminal, json);
            if (!json) {
                terminal.out().println(before.compared(evidence));
            }
            return exit;
        } catch (NotReached e) {
            throw new NotVerified(String.valueOf(e.getMessage()));
        }
    }
}
