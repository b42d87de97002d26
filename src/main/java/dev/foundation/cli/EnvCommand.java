package dev.foundation.cli;

import dev.foundation.parts.Locations;
import dev.foundation.parts.Workshop;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.InstanceName;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code env}: what a shell needs so that plain {@code pulumi} works; for {@code eval "$(./foundation env)"}. Prints no secret. */
@Command(name = "env", description = "Print what plain pulumi needs, for: eval \"$(./foundation env)\"")
public final class EnvCommand implements Callable<Integer> {
    private final BuildCommand.Opener opener;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            defaultValue = "foundation",
            description = "The instance (default: ${DEFAULT-VALUE}).")
    private String instance = "foundation";

    public EnvCommand(BuildCommand.Opener opener) {
        this.opener = opener;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Workshop workshop = opener.open();
        Site site = workshop.probe().probe().site();
        Locations locations = workshop.locations();
        var name = new InstanceName(instance);
        Map<String, String> exports =
                new TreeMap<>(workshop.toolbox().prepare(site).environment());
        exports.put("PULUMI_BACKEND_URL", locations.backendUrl(name));
        exports.put(
                "PULUMI_CONFIG_PASSPHRASE_FILE", locations.passphraseFile(name).toString());
        print(exports, spec.commandLine().getOut());
        return 0;
    }

    static void print(Map<String, String> exports, PrintWriter out) {
        exports.forEach((key, value) -> out.println("export " + key + "=" + quoted(value)));
        out.flush();
    }

    /** Single quotes protect everything from a POSIX shell but a single quote. */
    static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
