package dev.foundation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code show P}: one point whole. */
@Command(
        name = "show",
        description = "Show one recovery point whole: its seal, its objects, and where it lies.",
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation show latest",
            "  ./foundation show 20261121T030000Z --json   the seal with all of its digests"
        })
final class ShowCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Parameters(index = "0", paramLabel = "P", description = "A point, or latest.", converter = PointArgument.class)
    private String point = PointArgument.LATEST;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ShowCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        AgentDoor door = AgentDoor.agent(workspace, workspace.settledDraft().provisional());
        String id = PointArgument.resolve(door, point);
        JsonNode answer = AgentJson.tree(door.get("/point?id=" + id, AgentDoor.USUAL));
        Terminal terminal = workspace.terminal();
        if (json) {
            terminal.out().println(AgentJson.pretty(answer));
        } else {
            new PointText(terminal, Clock.systemUTC().instant())
                    .lines(AgentJson.as(PointList.Point.class, answer.path("summary")), answer.path("seal"))
                    .forEach(terminal.out()::println);
        }
        return ExitCodes.DONE;
    }
}
