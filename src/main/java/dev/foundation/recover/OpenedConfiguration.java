package dev.foundation.recover;

import dev.foundation.parts.Folders;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path folder = Files.createTempDirectory("foundation-recover-"); // mode 0700
        try {
            String name = "Pulumi." + Pulumi.STACK + ".yaml";
            Files.copy(setting.repository().resolve(name), folder.resolve(name));
            Files.writeString(folder.resolve("Pulumi.yaml"), "name: foundation\nruntime: yaml\n");
            Path state = Files.createDirectory(folder.resolve("state"));
            var apart = new PulumiSetting(
                    setting.cli(), setting.environment(), folder, "file://" + state, setting.passphrase());
            var pulumi = new Pulumi(apart, environment, err);
            pulumi.initStack();
            return pulumi.configuration();
        } finally {
            Folders.remove(folder);
        }
    }
}
