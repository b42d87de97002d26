package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import dev.foundation.spec.SpecDraft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backup}: one recovery point, now. */
@Command(
        name = "backup",
        description = {
            "Take one recovery point of everything, now, and seal it at every place.",
            "The agent does the work; Ctrl-C stops it, and what was half-written is no point. Exit code 0 for a",
            "complete point, 1 if there is none or it lacks a place, 3 if it is sealed but suspicious, 4 if",
            "another job is running."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation backup          with progress; plain lines in a log",
            "  ./foundation backup --json   events as they come, one a line; the last is \"ended\""
        })
final class BackupCommand implements Callable<Integer> {
    private static final Duration AFTERWARDS = Duration.ofMinutes(1);

    private final Workspace workspace;

    @Option(names = "--json", description = "Print the events as JSON, one a line.")
    private boolean json;

    BackupCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        SpecDraft draft = workspace.settledDraft();
        AgentDoor door = AgentDoor.agent(workspace, draft.provisional());
        Terminal terminal = workspace.terminal();
        RunEvent.Ended ended;
        try (RunView view = RunText.view("backup", terminal, json)) {
            ended = RunStream.follow(door, "/run/backup", view);
        }
        if (json) {
            new RunJson(terminal.out()).event(ended);
        } else if (ended.point().isEmpty()) {
            RunText.lines(terminal, ended, sentence(ended, "")).forEach(terminal.out()::println);
        } else {
            sealed(door, terminal, ended).forEach(terminal.out()::println);
        }
        return RunText.exit(ended.verdict());
    }

    /** The run has ended, so a place that cannot be asked any more changes nothing about it. */
    private static List<String> sealed(AgentDoor door, Terminal terminal, RunEvent.Ended ended) {
        List<String> more = new ArrayList<>();
        String where = "";
        try {
            PointList list = AgentJson.as(PointList.class, AgentJson.tree(door.get("/points", AFTERWARDS)));
            PointList.Point point = list.point(ended.point())
                    .orElseThrow(
                            () -> new IOException("the list of points does not have it: see `./foundation points`"));
            where = ", at " + RunText.names(point.at());
            more.add("  " + Quantity.bytes(point.size()) + " of artifacts; "
                    + Quantity.counted(point.blobs().count(), "new blob") + ", "
                    + Quantity.bytes(point.blobs().size()));
            more.addAll(PointsText.domain(list));
        } catch (IOException e) {
            more.addAll(Wrapped.lines("  ", "Where it lies could not be asked: " + e.getMessage()));
        }
        List<String> lines = new ArrayList<>(RunText.lines(terminal, ended, sentence(ended, where)));
        lines.addAll(more);
        return lines;
    }

    private static String sentence(RunEvent.Ended ended, String where) {
        if (ended.verdict() == RunEvent.Verdict.REFUSED) {
            return "nothing was begun.";
        }
        if (ended.point().isEmpty()) {
            return "no point came of it.";
        }
        String point = ended.point() + " is sealed, sequence " + ended.sequence() + where;
        return switch (ended.verdict()) {
            case COMPLETE -> point + ".";
            case INCOMPLETE -> point + ", but not everywhere. The next run or `./foundation replicate` heals that.";
            case SUSPICIOUS -> point + ". Look at it before you trust it; until then nothing older is pruned.";
            case FAILED, REFUSED -> point + ", but the run failed.";
        };
    }
}
