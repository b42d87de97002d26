package dev.foundation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.event.RunEvent;
import dev.foundation.spec.SpecDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prune}: what retention keeps and removes, with reasons; and doing it. */
@Command(
        name = "prune",
        description = {
            "Print which points retention keeps and removes, each with its reason; --apply removes them.",
            "Without --apply nothing is touched. Removing wants the instance's name typed, or --confirm. Exit code",
            "1 if it failed or could not remove all, 3 if something was odd, 4 if it was refused."
        },
        footerHeading = "Examples:%n",
        footer = {"  ./foundation prune --plan", "  ./foundation prune --apply --confirm foundation"})
final class PruneCommand implements Callable<Integer> {
    private final Workspace workspace;

    static final class Mode {
        @Option(names = "--plan", description = "Print keep and remove, and change nothing (without an option, too).")
        private boolean plan;

        @Option(names = "--apply", description = "Remove what the plan removes.")
        private boolean apply;
    }

    @ArgGroup
    private @Nullable Mode mode;

    @Option(names = "--confirm", paramLabel = "INSTANCE", description = "Agree beforehand, by the instance's name.")
    private @Nullable String confirm;

    @Option(names = "--json", description = "Print JSON: the plan; with --apply the events, one a line.")
    private boolean json;

    PruneCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        SpecDraft draft = workspace.settledDraft();
        AgentDoor door = AgentDoor.pruner(workspace, draft.provisional());
        Terminal terminal = workspace.terminal();
        JsonNode answer = AgentJson.tree(door.get("/prune", AgentDoor.USUAL));
        PrunePlan plan = AgentJson.as(PrunePlan.class, answer);
        if (mode != null && mode.apply && !mode.plan) {
            new Guard(workspace).pass("prune", draft, consequences(plan), confirm);
            return RunText.run("prune", door, terminal, json, PruneCommand::sentence);
        }
        if (json) {
            terminal.out().println(AgentJson.pretty(answer));
        } else {
            new PruneText(terminal).lines(plan).forEach(terminal.out()::println);
        }
        return ExitCodes.DONE;
    }

    private static List<String> consequences(PrunePlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("Removes " + Quantity.counted(plan.removed(), "recovery point") + " of "
                + plan.decisions().size() + " at every place, for good:");
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
