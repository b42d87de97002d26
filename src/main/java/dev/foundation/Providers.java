package dev.foundation;

import dev.foundation.docker.DockerCli;
import dev.foundation.plugin.ProviderPackage;
import dev.foundation.plugin.command.CommandPackage;
import dev.foundation.plugin.files.VolumeFiles;
import dev.foundation.plugin.forgejo.ForgejoAdmin;
import dev.foundation.plugin.forgejo.ForgejoOrganization;
import dev.foundation.plugin.forgejo.ForgejoPush;
import dev.foundation.plugin.forgejo.ForgejoRepository;
import dev.foundation.plugin.forgejo.RunnerRegistration;
import dev.foundation.plugin.keys.AgeIdentity;
import dev.foundation.plugin.keys.RandomSecret;
import dev.foundation.plugin.postgres.PostgresDatabase;
import dev.foundation.plugin.postgres.PostgresRole;
import dev.foundation.plugin.s3.S3Bucket;
import dev.foundation.plugin.s3.S3User;
import dev.foundation.plugin.vault.VaultInit;
import dev.foundation.plugin.vault.VaultPackage;
import dev.foundation.stack.binding.Packages;
import java.nio.file.Path;
import java.util.List;
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
        DockerCli docker = new DockerCli(environment);
        return new ProviderPackage(
                "foundation",
                Packages.FOUNDATION_VERSION,
                configuration -> List.of(
                        new VaultInit(),
                        new RandomSecret(),
                        new AgeIdentity(),
                        new VolumeFiles(docker),
                        new S3Bucket(),
                        new S3User(),
                        new PostgresRole(),
                        new PostgresDatabase(),
                        new ForgejoAdmin(docker),
                        new ForgejoOrganization(),
                        new ForgejoRepository(),
                        new ForgejoPush(Path.of(environment.getOrDefault("FOUNDATION_HOME", "."))),
                        new RunnerRegistration(docker)));
    }
}
