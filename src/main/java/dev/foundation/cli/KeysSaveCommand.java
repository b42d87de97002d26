package dev.foundation.cli;

import dev.foundation.pulumi.Pulumi;
import dev.foundation.spec.SpecDraft;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code keys save}: after a plain {@code pulumi up}; {@code up} does it by itself (K2). */
@Command(
        name = "save",
        description = {
            "Write Vault's unseal keys from the state into Pulumi.foundation.yaml, encrypted.",
            "Older generations are kept. `up` does it by itself; after a plain `pulumi up`, run it."
        })
final class KeysSaveCommand implements Callable<Integer> {
    private final Workspace workspace;

    KeysSaveCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        SpecDraft draft = workspace.settledDraft();
        Pulumi pulumi = workspace.pulumi(draft, draft.site().orElseThrow());
        workspace.terminal().out().println(new KeysKeeper(workspace, pulumi).save());
        return ExitCodes.DONE;
    }
}
