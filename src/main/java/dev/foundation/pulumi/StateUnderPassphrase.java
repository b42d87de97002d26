package dev.foundation.pulumi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.secret.PassphraseSource;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** Brings a state that was exported under a passphrase of earlier under the one of today, by the CLI itself, in a folder that is gone afterwards. */
final class StateUnderPassphrase {
    private StateUnderPassphrase() {}

    /**
     * @param setting of the real project, with the passphrase of today
     * @param stack that the state's URNs name
     * @param export as {@code pulumi stack export} prints it; not changed
     * @param earlier the passphrase that it is under
     * @return the same state, which the passphrase of today opens
     * @throws PulumiException also where {@code earlier} does not open it
     */
    static JsonNode of(
            PulumiSetting setting,
            Map<String, String> inherited,
            PrintStream err,
            String stack,
            JsonNode export,
            Secret<String> earlier)
            throws IOException, InterruptedException {
        try (var apart = ProjectApart.make(setting, new PassphraseSource.Environment(earlier))) {
            var pulumi = new Pulumi(apart.setting(), inherited, err, stack);
            pulumi.initStack();
            pulumi.importState(export);
            pulumi.changePassphrase(setting.passphrase().passphrase());
            return pulumi.export();
        }
    }
}
