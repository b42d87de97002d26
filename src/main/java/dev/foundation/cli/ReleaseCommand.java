package dev.foundation.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code release P}. */
@Command(
        name = "release",
        description = "Let go of a point that was held: retention decides about it again.",
        footerHeading = "Examples:%n",
        footer = "  ./foundation release 20261121T030000Z")
final class ReleaseCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Parameters(index = "0", paramLabel = "P", description = "A point, or latest.", converter = PointArgument.class)
    private String point = PointArgument.LATEST;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ReleaseCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        return Holding.change(workspace, false, point, json);
    }
}
