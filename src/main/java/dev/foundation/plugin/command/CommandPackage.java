package dev.foundation.plugin.command;

import dev.foundation.plugin.ProviderPackage;
import java.util.List;

/** The package {@code command} as this program serves it where the official plugin cannot be had. */
public final class CommandPackage {
    private CommandPackage() {}

    /**
     * The package with its one type.
     *
     * @param version that of the official plugin which it stands in for
     */
    public static ProviderPackage provider(String version) {
        return new ProviderPackage("command", version, config -> List.of(new LocalCommand()));
    }
}
