package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code replicate}: heals points that lack a place. */
@Command(
        name = "replicate",
        description = {
            "Copy every point that lacks a place to where it is missing, checked against its seal.",
            "Exit code 0 if every point is at every place then, 1 if not, 3 if something was odd, 4 if another",
            "job is running."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation replicate          after the off-site store was down",
            "  ./foundation replicate --json   events as they come, one a line; the last is \"ended\""
        })
final class ReplicateCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Option(names = "--json", description = "Print the events as JSON, one a line.")
    private boolean json;

    ReplicateCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        AgentDoor door = AgentDoor.agent(workspace, workspace.settledDraft().provisional());
        return RunText.run("replicate", door, workspace.terminal(), json, ReplicateCommand::sentence);
    }

    private static String sentence(RunEvent.Ended ended) {
        return switch (ended.verdict()) {
            case COMPLETE -> "every point is at every place.";
            case INCOMPLETE -> "some points still lack a place.";
            case SUSPICIOUS -> "copied, but look at this:";
            case FAILED -> "points were not copied.";
            case REFUSED -> "nothing was begun.";
        };
    }
}
