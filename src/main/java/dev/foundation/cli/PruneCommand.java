package dev.foundation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.event.RunEvent;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecDraft;
import dev.foundation.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code prune}: what retention keeps and removes, with reasons; and doing it. */
@Command(
        name = "prune",
        description = {
            "Print which points retention keeps and removes, each with its reason; --apply removes them.",
            "Without --apply nothing is touched. Removing wants the instance's name typed, or --confirm. Exit code",
            "1 if it failed or could not remove all, 3 if something was odd, 4 if it was refused.",
            "",
            "Off-site it works in this process, with a pair of keys that may delete there. They are asked for at",
            "each run, or read from standard input (two lines: access key, secret key), and kept nowhere. What an",
            "object lock still holds stays and is listed; blobs go with the second run, a day or more later."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation prune --plan",
            "  ./foundation prune --apply --confirm foundation",
            "  ./foundation prune --at off-site --plan"
        })
final class PruneCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec command;

    static final class Mode {
        @Option(names = "--plan", description = "Print keep and remove, and change nothing (without an option, too).")
        private boolean plan;

        @Option(names = "--apply", description = "Remove what the plan removes.")
        private boolean apply;
    }

    @ArgGroup
    private @Nullable Mode mode;

    @Option(
            names = "--at",
            paramLabel = "PLACE",
            description = "off-site: the store that no credential of this host can delete from.")
    private @Nullable String at;

    @Option(names = "--confirm", paramLabel = "INSTANCE", description = "Agree beforehand, by the instance's name.")
    private @Nullable String confirm;

    @Option(names = "--json", description = "Print JSON: the plan; with --apply the events, one a line.")
    private boolean json;

    PruneCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        if (at != null && !at.equals(OffSiteKeys.OFF_SITE)) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "--at takes off-site; the places of this host are pruned without it");
        }
        SpecDraft draft = workspace.settledDraft();
        return at == null ? here(draft) : offSite(draft);
    }

    private int here(SpecDraft draft) throws Exception {
        AgentDoor door = AgentDoor.pruner(workspace, draft.provisional());
        Terminal terminal = workspace.terminal();
        JsonNode answer = AgentJson.tree(door.get("/prune", AgentDoor.USUAL));
        PrunePlan plan = AgentJson.as(PrunePlan.class, answer);
        if (mode != null && mode.apply && !mode.plan) {
            new Guard(workspace).pass("prune", draft, consequences(plan, "every place of this host"), confirm);
            return RunText.run("prune", door, terminal, json, PruneCommand::sentence);
        }
        show(answer, "./foundation prune --apply");
        return ExitCodes.DONE;
    }

    private void show(JsonNode answer, String command) throws IOException {
        Terminal terminal = workspace.terminal();
        if (json) {
            terminal.out().println(AgentJson.pretty(answer));
        } else {
            new PruneText(terminal, command)
                    .lines(AgentJson.as(PrunePlan.class, answer))
                    .forEach(terminal.out()::println);
        }
    }

    /** The lock is held from the plan to its end: a run of the backup must not begin between them. */
    private int offSite(SpecDraft draft) throws Exception {
        FoundationSpec spec = draft.provisional();
        BackupSpec.OffSite place = spec.backup()
                .offSite()
                .orElseThrow(
                        () -> new IOException("no off-site store is configured (foundation:backup.offsite): there is"
                                + " nothing to prune there; `./foundation prune` is for the places of this host"));
        AgentDoor door = AgentDoor.pruner(workspace, spec);
        Path shared = workspace.preparation().sharedFolders(spec.instance());
        InstantSource clock = InstantSource.system();
        try (ObjectStore store = OffSiteKeys.ask(workspace.terminal(), place);
                Alone alone = Alone.orRefused(shared, clock, "prune --at off-site")) {
            var pruning = new OffSitePruning(store, spec, door, shared.resolveSibling("marks-" + OffSiteKeys.OFF_SITE));
            Instant now = clock.instant();
            dev.foundation.prune.PrunePlan made = pruning.plan(now);
            JsonNode answer = AgentJson.tree(
                    dev.foundation.prune.PrunePlan.json(List.of(made)).getBytes(StandardCharsets.UTF_8));
            if (mode == null || !mode.apply || mode.plan) {
                show(answer, "./foundation prune --at off-site --apply");
                return ExitCodes.DONE;
            }
            new Guard(workspace)
                    .pass(
                            "prune --at off-site",
                            draft,
                            consequences(AgentJson.as(PrunePlan.class, answer), store.place()),
                            confirm);
            Terminal terminal = workspace.terminal();
            RunEvent.Ended ended;
            try (RunView view = RunText.view("prune", terminal, json)) {
                ended = pruning.apply(made, now, view);
            }
            if (json) {
                new RunJson(terminal.out()).event(ended);
            } else {
                RunText.lines(terminal, ended, sentence(ended)).forEach(terminal.out()::println);
            }
            return RunText.exit(ended.verdict());
        }
    }

    private static List<String> consequences(PrunePlan plan, String where) {
        List<String> lines = new ArrayList<>();
        lines.add("Removes " + Quantity.counted(plan.removed(), "recovery point") + " of "
                + plan.decisions().size() + " at " + where + ", for good:");
        plan.decisions().stream().filter(each -> !each.keep()).forEach(each -> lines.add("  " + each.point()));
        lines.add("and " + Quantity.counted(plan.blobs().removable(), "blob") + " ("
                + Quantity.bytes(plan.blobs().removableSize()) + ") that no point lists.");
        return lines;
    }

    private static String sentence(RunEvent.Ended ended) {
        return switch (ended.verdict()) {
            case COMPLETE -> "pruned as planned.";
            case INCOMPLETE -> "not everything could be removed.";
            case SUSPICIOUS -> "pruned, but look at this:";
            case FAILED -> "pruning stopped; what it had not removed is there.";
            case REFUSED -> "nothing was removed.";
        };
    }
}
