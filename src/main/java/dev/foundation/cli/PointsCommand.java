package dev.foundation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code points}: every recovery point, oldest first. */
@Command(
        name = "points",
        description = {
            "List the recovery points: where each lies, whether it was verified, and what is odd about it.",
            "Alarms come first. Exit code 0 if the list could be made, whatever it says."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation points             all of them, the newest last",
            "  ./foundation points --last 10",
            "  ./foundation points --json      for scripts"
        })
final class PointsCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Option(names = "--last", paramLabel = "N", description = "Only the newest N; --json prints all.")
    private int last = Integer.MAX_VALUE;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    PointsCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        AgentDoor door = AgentDoor.agent(workspace, workspace.settledDraft().provisional());
        JsonNode answer = AgentJson.tree(door.get("/points", AgentDoor.USUAL));
        PointList list = AgentJson.as(PointList.class, answer);
        Terminal terminal = workspace.terminal();
        if (json) {
            terminal.out().println(AgentJson.pretty(answer));
        } else {
            var text = String.join(
                    System.lineSeparator(),
                    new PointsText(terminal, Clock.systemUTC().instant()).lines(list, Math.max(0, last)));
            terminal.out().println(text);
        }
        return ExitCodes.DONE;
    }
}
