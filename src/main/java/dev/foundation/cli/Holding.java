package dev.foundation.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;

/** Holds a point or lets it go: what {@code hold} and {@code release} share. */
final class Holding {
    private Holding() {}

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
