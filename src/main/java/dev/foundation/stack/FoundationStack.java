package dev.foundation.stack;

import static dev.foundation.stack.StackSecrets.OFFSITE_READER_ACCESS_KEY;
import static dev.foundation.stack.StackSecrets.OFFSITE_READER_SECRET_KEY;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.docker.Network;
import com.pulumi.docker.NetworkArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.stack.binding.foundation.AgeIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole foundation as one stack (R1.1). The order of starts is a graph of resources: whatever a component waits for is a leaf that it
 * names, never a component.
 */
public final class FoundationStack {
    private FoundationStack() {}

    public static void declare(Context context, FoundationSpec spec, Images images, Host host, StackSecrets secrets) {
        NetworkArgs.Builder net =
                NetworkArgs.builder().name(spec.onDocker().named("net")).driver("bridge");
        if (spec.recovery().scratch().isPresent()) {
            // The host reaches it by the published ports, but nothing in it gets an answer from anywhere: Docker does
            // not lend it the
            // host's address (S1). An internal network would publish no ports.
            net.options(Map.of("com.docker.network.bridge.enable_ip_masquerade", "false"));
        }
        Network network = new Network(spec.instance().named("net"), net.build(), CustomResourceOptions.Empty);
        ComponentResourceOptions top = ComponentResourceOptions.Empty;

        spec.backup()
                .offSite()
                .filter(BackupSpec.OffSite::aws)
                .ifPresent(offSite -> new OffSiteBucket(spec, offSite, top));
        context.export("instance", Output.of(spec.instance().value()));
        context.export("instanceId", Output.of(spec.instanceId()));
        if (!spec.vault().enabled()) {
            return; // The spec allows this only where nothing else is on: every credential lives in Vault.
        }
        Recovery recovery = new Recovery(spec, secrets);
        VaultServer vault = new VaultServer(spec, network, images, secrets, recovery, top);
        VaultContent content = new VaultContent(spec, vault, top);
        context.export("vaultAddress", Output.of(vault.address()));
        context.export("vaultUnsealKeys", vault.init().unsealKeys().asSecret());
        context.export("vaultRootToken", vault.rootToken().asSecret());
        keys(spec, secrets, content);

        Optional<PostgresServer> postgres = spec.postgres().enabled()
                ? Optional.of(new PostgresServer(spec, network, images, content, recovery, top))
                : Optional.empty();
        Optional<ObjectStorage> storage = spec.s3().enabled()
                ? Optional.of(new ObjectStorage(spec, network, images, content, recovery, top))
                : Optional.empty();
        storage.ifPresent(each -> context.export("s3Engine", Output.of(each.engine())));
        Optional<ForgejoServer> forge = Optional.empty();
        if (spec.forgejo().enabled()) {
            ForgejoServer forgejo = new ForgejoServer(
                    spec, network, images, content, postgres.orElseThrow(), storage.orElseThrow(), recovery, top);
            context.export("forgejoProduct", Output.of(ForgejoServer.product(spec)));
            context.export("forgejoUrl", Output.of(spec.forgejo().rootUrl()));
            if (spec.runner().enabled()) {
                new Runner(spec, network, images, forgejo, top);
            }
            forge = Optional.of(forgejo);
        }
        if (spec.backup().enabled()
                && secrets.canSeal()
                && !spec.backup().recipients().isEmpty()) {
            new Backup(
                    spec,
                    network,
                    images,
                    host,
                    content,
                    secrets,
                    new Backup.Sources(postgres, storage.orElseThrow(), forge),
                    top);
        }
    }

    /** Of the identities of all generations, a line each, the one that points are sealed to. */
    private static String current(String identities) {
        return identities.lines().findFirst().orElse("");
    }

    /** Copies in Vault of the keys that the configuration holds (K1, R2.4); the identities of all generations where only a verifier may read it (S8). */
    private static void keys(FoundationSpec spec, StackSecrets secrets, VaultContent content) {
        Output<String> identity = secrets.byKey().get(StackSecrets.BACKUP_AGE_IDENTITY);
        if (identity != null) {
            AgeIdentity age = new AgeIdentity(
                    spec.instance().named("age-identity"),
                    new AgeIdentity.Args().identity(identity.applyValue(FoundationStack::current)),
                    CustomResourceOptions.builder().protect(true).build());
            Map<String, Output<String>> values =
                    VaultContent.values("backupAgeIdentity", identity, "backupAgeRecipient", age.recipient());
            values.putAll(secrets.offsite(OFFSITE_READER_ACCESS_KEY, OFFSITE_READER_SECRET_KEY));
            content.credential("backup", "verify", values);
            content.role("verify", List.of("backup/verify"));
        }
    }
}
