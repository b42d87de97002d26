package dev.foundation.plugin;

import dev.foundation.docker.DockerCli;
import dev.foundation.plugin.backup.BackupJob;
import dev.foundation.plugin.backup.BackupRecipients;
import dev.foundation.plugin.backup.BackupRetention;
import dev.foundation.plugin.choice.FixedChoice;
import dev.foundation.plugin.files.VolumeFiles;
import dev.foundation.plugin.forgejo.ForgejoAdmin;
import dev.foundation.plugin.forgejo.ForgejoOrganization;
import dev.foundation.plugin.forgejo.ForgejoPush;
import dev.foundation.plugin.forgejo.ForgejoRepository;
import dev.foundation.plugin.forgejo.RunnerRegistration;
import dev.foundation.plugin.keys.AgeIdentity;
import dev.foundation.plugin.keys.RandomSecret;
import dev.foundation.plugin.postgres.PostgresDatabase;
import dev.foundation.plugin.postgres.PostgresReader;
import dev.foundation.plugin.postgres.PostgresRole;
import dev.foundation.plugin.restore.BucketsRestore;
import dev.foundation.plugin.restore.ForgejoRepair;
import dev.foundation.plugin.restore.ForgejoRestore;
import dev.foundation.plugin.restore.PostgresRestore;
import dev.foundation.plugin.restore.VaultRestore;
import dev.foundation.plugin.s3.S3Bucket;
import dev.foundation.plugin.s3.S3User;
import dev.foundation.plugin.vault.VaultInit;
import java.nio.file.Path;
import java.util.List;

/** The {@code foundation} package's types. A new type is one file and one line here. */
public final class FoundationHandlers {
    private FoundationHandlers() {}

    /** @param home the project's folder, from which {@code ForgejoPush} pushes */
    public static List<ResourceHandler<?, ?>> all(DockerCli docker, Path home) {
        return List.of(
                new VaultInit(),
                new FixedChoice(),
                new RandomSecret(),
                new AgeIdentity(),
                new VolumeFiles(docker),
                new S3Bucket(),
                new S3User(),
                new PostgresRole(),
                new PostgresReader(),
                new PostgresDatabase(),
                new ForgejoAdmin(docker),
                new ForgejoOrganization(),
                new ForgejoRepository(),
                new ForgejoPush(home),
                new RunnerRegistration(docker),
                new BackupRecipients(),
                new BackupRetention(),
                new BackupJob(docker),
                new VaultRestore(docker),
                new PostgresRestore(docker),
                new BucketsRestore(),
                new ForgejoRestore(docker),
                new ForgejoRepair(docker));
    }
}
