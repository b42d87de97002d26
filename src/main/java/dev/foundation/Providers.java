package dev.foundation;

import dev.foundation.docker.DockerCli;
import dev.foundation.plugin.FoundationHandlers;
import dev.foundation.plugin.ProviderPackage;
import dev.foundation.plugin.command.CommandPackage;
import dev.foundation.plugin.vault.VaultPackage;
import dev.foundation.stack.binding.Packages;
import java.nio.file.Path;
import java.util.Map;

/** The provider packages that this jar serves: our own, and on a sealed site stand-ins for official ones (S5). */
final class Providers {
    private Providers() {}

    static ProviderPackage[] all(Map<String, String> environment) {
        return new ProviderPackage[] {
            foundation(environment),
            VaultPackage.provider(Packages.VAULT_VERSION),
            CommandPackage.provider(Packages.COMMAND_VERSION)
        };
    }

    static ProviderPackage foundation(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("FOUNDATION_HOME", "."));
        return new ProviderPackage(
                "foundation",
                Packages.FOUNDATION_VERSION,
                configuration -> FoundationHandlers.all(new DockerCli(environment), home));
    }
}
