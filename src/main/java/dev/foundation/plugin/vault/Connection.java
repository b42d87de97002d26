package dev.foundation.plugin.vault;

import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The provider's configuration as a client, made when a handler first needs it: in a preview it may not be known yet. */
final class Connection {
    private final Map<String, String> config;
    private Optional<VaultClient> made = Optional.empty();

    Connection(Map<String, String> config) {
        this.config = config;
    }

    synchronized VaultClient client() throws IOException {
        if (made.isEmpty()) {
            made = Optional.of(new VaultClient(URI.create(setting("address")), () -> config.getOrDefault("token", "")));
        }
        return made.get();
    }

    private String setting(String name) throws IOException {
        String value = config.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IOException("the provider vault has no " + name + ": set vault:" + name
                    + " in the configuration, or pass it to the program's vault.Provider");
        }
        return value;
    }
}
