package dev.foundation.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;

/** What people decide of a point: {@code hold}, {@code release}, {@code accept}. */
final class Holding {
    private Holding() {}

    static int accept(Workspace workspace, String point, boolean json) throws Exception {
        AgentDoor door = AgentDoor.agent(workspace, workspace.settledDraft().provisional());
        String id = PointArgument.resolve(door, point);
        String said = said(door, "/accept?id=" + id);
        workspace
                .terminal()
                .out()
                .println(
                        json
                                ? AgentJson.pretty(JsonNodeFactory.instance
                                        .objectNode()
                                        .put("point", id)
                                        .put("accepted", true))
                                : said);
        return ExitCodes.DONE;
    }

    static int change(Workspace workspace, boolean hold, String point, boolean json) throws Exception {
        AgentDoor door = AgentDoor.agent(workspace, workspace.settledDraft().provisional());
        String id = PointArgument.resolve(door, point);
        String said = said(door, (hold ? "/hold?id=" : "/release?id=") + id);
        if (json) {
            workspace
                    .terminal()
                    .out()
                    .println(AgentJson.pretty(JsonNodeFactory.instance
                            .objectNode()
                            .put("point", id)
                            .put("held", hold)));
        } else {
            workspace
                    .terminal()
                    .out()
                    .println(
                            said.isEmpty()
                                    ? id + (hold ? " is held: pruning keeps it." : " is held no longer.")
                                    : said);
        }
        return ExitCodes.DONE;
    }

    private static String said(AgentDoor door, String target) throws IOException {
        try {
            return door.post(target);
        } catch (AgentException e) {
            if (e.conflict()) {
                throw new Refused(e.words());
            }
            throw e;
        }
    }
}
