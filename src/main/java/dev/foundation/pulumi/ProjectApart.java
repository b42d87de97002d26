package dev.foundation.pulumi;

import dev.foundation.parts.Folders;
import dev.foundation.secret.PassphraseSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project of this one's name with a state of its own, in a folder for its owner alone that is gone afterwards: for what the CLI does to stacks only. */
public final class ProjectApart implements AutoCloseable {
    private final PulumiSetting setting;

    private ProjectApart(PulumiSetting setting) {
        this.setting = setting;
    }

    /** @param real whose tools are used. @param passphrase of the stacks in it */
    public static ProjectApart make(PulumiSetting real, PassphraseSource passphrase) throws IOException {
        Path folder = Files.createTempDirectory("foundation-project-"); // mode 0700
        var made = new ProjectApart(new PulumiSetting(
                real.cli(), real.environment(), folder, "file://" + folder.resolve("state"), passphrase));
        boolean whole = false;
        try {
            Files.writeString(folder.resolve("Pulumi.yaml"), "name: foundation\nruntime: yaml\n");
            Files.createDirectory(folder.resolve("state"));
            whole = true;
            return made;
        } finally {
            if (!whole) {
                made.close();
            }
        }
    }

    public PulumiSetting setting() {
        return setting;
    }

    @Override
    public void close() throws IOException {
        Folders.remove(setting.repository());
    }
}
