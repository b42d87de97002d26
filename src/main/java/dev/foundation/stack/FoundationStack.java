package dev.foundation.stack;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.docker.Network;
import com.pulumi.docker.NetworkArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.stack.binding.foundation.AgeIdentity;
import java.util.List;

/**
 * The whole foundation as one stack (R1.1). The order of starts is a graph of resources: whatever a component waits for is a leaf that it
 * names, never a component.
 */
public final class FoundationStack {
    private FoundationStack() {}

    public static void declare(Context context, FoundationSpec spec, Images images, StackSecrets secrets) {
        Network network = new Network(
                spec.instance().named("net"),
                NetworkArgs.builder()
                        .name(spec.instance().named("net"))
                        .driver("bridge")
                        .build(),
                CustomResourceOptions.Empty);
        ComponentResourceOptions top = ComponentResourceOptions.Empty;

        VaultServer vault = new VaultServer(spec, network, images, top);
        VaultContent content = new VaultContent(spec, vault, top);
        PostgresServer postgres = new PostgresServer(spec, network, images, top);
        ObjectStorage storage = new ObjectStorage(spec, network, images, top);

        content.credential(
                "postgres",
                "admin",
                VaultContent.values(
                        "username",
                        PostgresServer.ADMIN,
                        "password",
                        postgres.adminPassword(),
                        "host",
                        "postgres",
                        "port",
                        Integer.toString(PostgresServer.PORT)));
        content.role("postgres", List.of("postgres/admin"));
        content.credential(
                "s3",
                "admin",
                VaultContent.values(
                        "accessKey", storage.accessKey(),
                        "secretKey", storage.secretKey(),
                        "endpoint", "http://s3:" + ObjectStorage.PORT));
        content.role("s3", List.of("s3/admin"));
        keys(spec, secrets, content);

        if (spec.forgejo().enabled()) {
            ForgejoServer forgejo = new ForgejoServer(spec, network, images, content, postgres, storage, top);
            if (spec.runner().enabled()) {
                new Runner(spec, network, images, content, forgejo, top);
            }
        }

        context.export("instance", Output.of(spec.instance().value()));
        context.export("instanceId", Output.of(spec.instanceId()));
        context.export("vaultAddress", Output.of(vault.address()));
        context.export("vaultUnsealKeys", vault.init().unsealKeys().asSecret());
        context.export("vaultRootToken", vault.rootToken().asSecret());
        context.export("s3Engine", Output.of(storage.engine()));
        context.export("forgejoUrl", Output.of(spec.forgejo().rootUrl()));
    }

    /** Copies in Vault of the keys that the configuration holds (K1, R2.4); the identity where only a verifier may read it (S8). */
    private static void keys(FoundationSpec spec, StackSecrets secrets, VaultContent content) {
        Output<String> identity = secrets.byKey().get(StackSecrets.BACKUP_AGE_IDENTITY);
        if (identity != null) {
            AgeIdentity age = new AgeIdentity(
                    spec.instance().named("age-identity"),
                    new AgeIdentity.Args().identity(identity),
                    CustomResourceOptions.builder().protect(true).build());
            content.credential(
                    "backup",
                    "verify",
                    VaultContent.values("backupAgeIdentity", age.identity(), "backupAgeRecipient", age.recipient()));
            content.role("verify", List.of("backup/verify"));
        }
        Output<String> sealKey = secrets.byKey().get(StackSecrets.SEAL_SIGNING_KEY);
        Output<String> nameKey = secrets.byKey().get(StackSecrets.BLOB_NAME_KEY);
        if (sealKey != null && nameKey != null) {
            content.credential(
                    "backup", "backup", VaultContent.values("sealSigningKey", sealKey, "blobNameKey", nameKey));
            content.role("backup", List.of("backup/backup"));
        }
    }
}
