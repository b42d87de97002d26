package dev.foundation.cli;

import dev.foundation.docker.DockerCli;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecDraft;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code down}: {@code up} with {@code running: false} (S2). */
@Command(
        name = "down",
        description = {
            "Remove the containers; volumes, buckets, keys and Vault's initialisation stay.",
            "`up` brings everything back with its data."
        })
final class DownCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Option(names = "--confirm", paramLabel = "INSTANCE", description = "Agree beforehand, by the instance's name.")
    private @Nullable String confirm;

    DownCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        SpecDraft draft = workspace.settledDraft();
        FoundationSpec spec = draft.provisional();
        new Guard(workspace)
                .pass(
                        "down",
                        draft,
                        List.of(
                                "Its containers are removed; whoever uses them is cut off.",
                                "Volumes, buckets, keys and the state stay. `./foundation up` brings it back."),
                        confirm);
        workspace.preparation().docker();
        Pulumi pulumi = workspace.pulumi(draft, draft.site().orElseThrow());
        pulumi.checkPassphrase(); // before the file is changed
        pulumi.set("running", "false");
        new KilledRun(
                        pulumi,
                        new DockerCli(workspace.environment()),
                        workspace.terminal().err())
                .clear();
        pulumi.up(false);
        workspace.terminal().out().println("Down. All data is kept; `./foundation up` brings it back.");
        return ExitCodes.DONE;
    }
}
