package dev.foundation.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code accept P}. */
@Command(
        name = "accept",
        description = {
            "Say that a suspicious point is as it should be, so that it holds up pruning no longer.",
            "Look at `show P` first: it says what was odd."
        },
        footerHeading = "Examples:%n",
        footer = "  ./foundation accept latest                    much was deleted on purpose")
final class AcceptCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Parameters(index = "0", paramLabel = "P", description = "A point, or latest.", converter = PointArgument.class)
    private String point = PointArgument.LATEST;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    AcceptCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        return Holding.accept(workspace, point, json);
    }
}
