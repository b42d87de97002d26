package dev.foundation.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hold P}. */
@Command(
        name = "hold",
        description = "Keep a point whatever retention says, until it is released.",
        footerHeading = "Examples:%n",
        footer = "  ./foundation hold latest                      before a risky upgrade")
final class HoldCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Parameters(index = "0", paramLabel = "P", description = "A point, or latest.", converter = PointArgument.class)
    private String point = PointArgument.LATEST;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    HoldCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        return Holding.change(workspace, true, point, json);
    }
}
