package dev.foundation.cli;

import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.SpecDraft;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code env}: what a shell needs so that plain {@code pulumi} works; for {@code eval "$(./foundation env)"}. Prints no secret. */
@Command(
        name = "env",
        description = {
            "Print what plain pulumi needs, for: eval \"$(./foundation env)\"",
            "State and passphrase are those of this clone's Pulumi.foundation.yaml."
        })
final class EnvCommand implements Callable<Integer> {
    private final Workspace workspace;

    EnvCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        SpecDraft draft = workspace.draft();
        Site site = draft.site().isPresent()
                ? draft.site().get()
                : workspace.preparation().site().value();
        print(workspace.setting(draft, site).shell(), workspace.terminal().out());
        return ExitCodes.DONE;
    }

    static void print(Map<String, String> exports, PrintStream out) {
        exports.forEach((key, value) -> out.println("export " + key + "=" + quoted(value)));
        out.flush();
    }

    /** Single quotes protect everything from a POSIX shell but a single quote. */
    static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
