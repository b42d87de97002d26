package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replicate}: heals points that lack a place. */
@Command(
        name = "replicate",
        description = {
            "Copy every point that lacks a place to where it is missing, checked against its seal.",
            "With --repair every byte of the points there is read, too, and what is damaged or missing at one",
            "place is written again from another. Exit code 0 if every point is at every place then, 1 if not,",
            "3 if something was odd, 4 if another job is running."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation replicate          after the off-site store was down",
            "  ./foundation replicate --repair --point latest   after `verify` found damage",
            "  ./foundation replicate --json   events as they come, one a line; the last is \"ended\""
        })
final class ReplicateCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Option(names = "--repair", description = "Read everything, and mend what is damaged or missing.")
    private boolean repair;

    @Option(
            names = "--point",
            paramLabel = "P",
            description = "With --repair: read and mend only this point (or latest).",
            converter = PointArgument.class)
    private @Nullable String point;

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--json", description = "Print the events as JSON, one a line.")
    private boolean json;

    ReplicateCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        if (point != null && !repair) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(), "--point is for --repair: add that");
        }
        AgentDoor door = AgentDoor.agent(workspace, workspace.settledDraft().provisional());
        String query = repair ? "?repair=true" : "";
        if (point != null) {
            query += "&point=" + PointArgument.resolve(door, point);
        }
        return RunText.run(
                "replicate",
                query,
                door,
                workspace.terminal(),
                json,
                repair ? ReplicateCommand::repaired : ReplicateCommand::sentence);
    }

    private static String repaired(RunEvent.Ended ended) {
        return ended.verdict() == RunEvent.Verdict.COMPLETE
                ? "everything that was read is whole, at every place."
                : ended.verdict() == RunEvent.Verdict.INCOMPLETE ? "not everything is whole:" : sentence(ended);
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
