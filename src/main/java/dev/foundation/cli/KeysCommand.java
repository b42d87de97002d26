package dev.foundation.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

@Command(
        name = "keys",
        synopsisSubcommandLabel = "COMMAND",
        description = "Keep the keys: save Vault's unseal keys into the configuration; rotate a key or the passphrase.")
final class KeysCommand implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "keys wants a command: save or rotate");
    }
}
