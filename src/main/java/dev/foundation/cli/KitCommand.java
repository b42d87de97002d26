package dev.foundation.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

@Command(
        name = "kit",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "The recovery sheet: `kit export` makes the page to print, `kit verify` has it typed back and proves it.")
final class KitCommand implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "kit wants a command: export or verify");
    }
}
