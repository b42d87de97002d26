package dev.foundation.stack;

import com.pulumi.core.Output;
import com.pulumi.docker.Volume;
import com.pulumi.resources.Resource;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.RecoverySpec;
import dev.foundation.stack.binding.foundation.BlobOrigin;
import dev.foundation.stack.binding.foundation.BucketsRestore;
import dev.foundation.stack.binding.foundation.ForgejoRepair;
import dev.foundation.stack.binding.foundation.ForgejoRestore;
import dev.foundation.stack.binding.foundation.PostgresRestore;
import dev.foundation.stack.binding.foundation.RestoreSource;
import dev.foundation.stack.binding.foundation.S3Bucket;
import dev.foundation.stack.binding.foundation.VaultRestore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The restore steps of a foundation that was recovered (R3.1, R3.2): leaves of the graph, each between the server it fills and whatever asks that
 * server for anything. A foundation that never was recovered has none. They stay in the graph when they are done, and do nothing then.
 */
final class Recovery {
    private final FoundationSpec spec;
    private final StackSecrets secrets;
    private final Optional<RecoverySpec.Restored> restored;
    private final List<Resource> steps = new ArrayList<>();

    Recovery(FoundationSpec spec, StackSecrets secrets) {
        this.spec = spec;
        this.secrets = secrets;
        this.restored = spec.recovery().restored();
    }

    /** The steps declared so far. Forgejo waits for all of them (invariant 4). */
    List<Resource> steps() {
        return List.copyOf(steps);
    }

    /** The point that a Vault was restored from: its initialisation makes a new root token then. */
    Optional<String> point() {
        return restored.map(RecoverySpec.Restored::point);
    }

    /** Vault's snapshot into an empty server, which is open with its original keys afterwards. */
    List<Resource> vault(Scope scope, String address, Volume data, Scope.Image image, List<Resource> serving) {
        return restored.map(from -> step(new VaultRestore(
                        scope.name("restore"),
                        new VaultRestore.Args()
                                .source(source(from))
                                .address(address)
                                .container(scope.onDocker())
                                .volume(data.name())
                                .image(image.id())
                                .unsealKeys(secrets.unsealKeys()
                                        .orElseThrow(() -> missing(StackSecrets.VAULT_UNSEAL_KEYS))),
                        scope.options(serving).build())))
                .orElse(List.of());
    }

    /** Roles and databases into an empty cluster. */
    List<Resource> postgres(Scope scope, List<Resource> serving) {
        return restored.map(from -> step(new PostgresRestore(
                        scope.name("restore"),
                        new PostgresRestore.Args()
                                .source(source(from))
                                .container(scope.onDocker())
                                .user(PostgresServer.ADMIN),
                        scope.options(serving).build())))
                .orElse(List.of());
    }

    /** Every object of these buckets, each checked. */
    List<Resource> buckets(
            Scope scope, String endpoint, Output<String> accessKey, Output<String> secretKey, List<S3Bucket> buckets) {
        return restored.map(from -> step(new BucketsRestore(
                        scope.name("restore"),
                        new BucketsRestore.Args()
                                .source(source(from))
                                .blobs(blobs(from))
                                .endpoint(endpoint)
                                .accessKey(accessKey)
                                .secretKey(secretKey)
                                .buckets(ForgejoServer.BUCKETS),
                        scope.options(List.copyOf(buckets)).build())))
                .orElse(List.of());
    }

    /** The files of a volume that nothing uses yet. */
    List<Resource> volume(Scope scope, Volume data, Scope.Image image, Scope.Owner owner) {
        return restored.map(from -> step(new ForgejoRestore(
                        scope.name("restore"),
                        new ForgejoRestore.Args()
                                .source(source(from))
                                .volume(data.name())
                                .image(image.id())
                                .uid(owner.uid())
                                .gid(owner.gid()),
                        scope.options().build())))
                .orElse(List.of());
    }

    /** What a started Forgejo must do with restored files: hooks and keys made anew, its own doctor asked. */
    List<Resource> repair(Scope scope, List<Resource> serving) {
        return restored.<List<Resource>>map(from -> List.of(new ForgejoRepair(
                        scope.name("repair"),
                        new ForgejoRepair.Args()
                                .container(scope.onDocker())
                                .binary(ForgejoServer.BINARY)
                                .config(ForgejoServer.CONFIGURATION)
                                .runAs(ForgejoServer.USER)
                                .point(from.point()),
                        scope.options(serving).build())))
                .orElse(List.of());
    }

    private List<Resource> step(Resource step) {
        steps.add(step);
        return List.of(step);
    }

    private RestoreSource source(RecoverySpec.Restored from) {
        return new RestoreSource()
                .instanceId(spec.instanceId())
                .sealPublicKeys(spec.backup().sealPublicKeys())
                .point(from.point())
                .stage(from.stage())
                .identity(secret(StackSecrets.BACKUP_AGE_IDENTITY).asSecret());
    }

    private BlobOrigin blobs(RecoverySpec.Restored from) {
        if (from.from().isPresent()) {
            return new BlobOrigin().folder(from.from().get());
        }
        BackupSpec.OffSite offSite = spec.backup()
                .offSite()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "foundation:recovery.from is off-site, but there is no foundation:backup.offsite: put it back"));
        return new BlobOrigin()
                .endpoint(offSite.endpoint())
                .region(offSite.region())
                .bucket(offSite.bucket())
                .pathStyle(offSite.pathStyle())
                .accessKey(secret(StackSecrets.OFFSITE_READER_ACCESS_KEY).asSecret())
                .secretKey(secret(StackSecrets.OFFSITE_READER_SECRET_KEY).asSecret());
    }

    private Output<String> secret(String key) {
        Output<String> value = secrets.byKey().get(key);
        if (value == null) {
            throw missing(key);
        }
        return value;
    }

    private static IllegalStateException missing(String key) {
        return new IllegalStateException(
                "foundation:" + key
                        + " is not in the configuration, and a recovered foundation needs it: take the file from its last commit");
    }
}
