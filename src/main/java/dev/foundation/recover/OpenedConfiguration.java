package dev.foundation.recover;

import dev.foundation.pulumi.ProjectApart;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Map;

/** Decrypts a configuration without leaving a trace: the CLI wants a stack for it, and gets one in a folder that is gone afterwards. */
public final class OpenedConfiguration {
    private OpenedConfiguration() {}

    /**
     * Every value by its key.
     *
     * @param setting of the real project
     * @throws dev.foundation.pulumi.PulumiException also where the passphrase does not open the file
     */
    public static Secret<Map<String, String>> read(
            PulumiSetting setting, Map<String, String> environment, PrintStream err)
            throws IOException, InterruptedException {
        try (var apart = ProjectApart.make(setting, setting.passphrase())) {
            String name = "Pulumi." + Pulumi.STACK + ".yaml";
            Files.copy(
                    setting.repository().resolve(name),
                    apart.setting().repository().resolve(name));
            var pulumi = new Pulumi(apart.setting(), environment, err);
            pulumi.initStack();
            return pulumi.configuration();
        }
    }
}
