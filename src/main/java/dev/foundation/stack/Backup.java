package dev.foundation.stack;

import com.pulumi.core.Output;
import com.pulumi.docker.Network;
import com.pulumi.docker.Volume;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.ConfigKeys;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.Memory;
import dev.foundation.spec.ServiceName;
import dev.foundation.stack.Scope.Image;
import dev.foundation.stack.Scope.Owner;
import dev.foundation.stack.binding.foundation.BackupJob;
import dev.foundation.stack.binding.foundation.BackupPlan;
import dev.foundation.stack.binding.foundation.BackupRecipients;
import dev.foundation.stack.binding.foundation.BackupRetention;
import dev.foundation.stack.binding.foundation.Destination;
import dev.foundation.stack.binding.foundation.Retention;
import dev.foundation.stack.binding.foundation.S3Bucket;
import dev.foundation.stack.binding.vault.AuthBackendRole;
import dev.foundation.stack.binding.vault.SecretV2;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The backup (R1.1, R2): a job as resources, an agent that takes points and cannot delete, and a pruner, apart, that can (S7). Both are
 * containers of this project's own image, without the Docker socket.
 */
final class Backup extends ComponentResource {
    static final String BUCKET = "foundation-backups";
    static final int PORT = 9107;
    private static final String AGENT_USER = "backup-agent";
    private static final String PRUNER_USER = "backup-pruner";
    private static final String POSTGRES_USER = "foundation_backup";
    private static final String FOLDER = "/off-site";
    private static final Memory PRUNER_MEMORY = new Memory(256);

    private final FoundationSpec spec;
    private final Scope scope;
    private final Host host;

    /** What the backup reads; each part is there only where its service is on. */
    record Sources(Optional<PostgresServer> postgres, ObjectStorage storage, Optional<ForgejoServer> forgejo) {}

    Backup(
            FoundationSpec spec,
            Network network,
            Images images,
            Host host,
            VaultContent vault,
            StackSecrets secrets,
            Sources sources,
            ComponentResourceOptions options) {
        super("foundation:stack:Backup", spec.instance().named(ServiceName.BACKUP.container()), options);
        this.spec = spec;
        this.host = host;
        scope = new Scope(spec, ServiceName.BACKUP, this, network);
        Image image = scope.image(images.of(ServiceName.BACKUP));
        S3Bucket bucket = sources.storage().bucket(BUCKET);

        Volume jobs = scope.filesVolume("job");
        Volume state = scope.dataVolume("state");
        BackupJob job = job(image, jobs, state, sources);
        agent(image, jobs, state, job, vault, secrets, sources, bucket);
        pruner(image, jobs, job, vault, secrets, sources, bucket);
        registerOutputs(Map.of("newestPoint", job.newestPoint(), "lastRun", job.lastRun()));
    }

    private BackupJob job(Image image, Volume jobs, Volume state, Sources sources) {
        BackupSpec backup = spec.backup();
        BackupSpec.Retention kept = backup.retention();
        BackupRecipients recipients = new BackupRecipients(
                scope.name("recipients"),
                new BackupRecipients.Args().recipients(backup.recipients()),
                scope.options().build());
        BackupRetention retention = new BackupRetention(
                scope.name("retention"),
                new BackupRetention.Args()
                        .daily(kept.daily())
                        .weekly(kept.weekly())
                        .monthly(kept.monthly())
                        .yearly(kept.yearly()),
                scope.options().build());
        BackupSpec.Timetable times = backup.timetable();
        BackupPlan settings = new BackupPlan()
                .instance(spec.instance().value())
                .instanceId(spec.instanceId())
                .epoch(spec.recovery().epoch())
                .recipients(backup.recipients())
                .sealPublicKeys(backup.sealPublicKeys())
                .identityGeneration(backup.identityGeneration())
                .backupSchedule(times.backup())
                .pruneSchedule(times.prune())
                .verifySchedule(times.verify())
                .timeZone(times.zone().getId())
                .jitterSeconds(Math.toIntExact(times.jitter().toSeconds()))
                .retention(new Retention()
                        .daily(kept.daily())
                        .weekly(kept.weekly())
                        .monthly(kept.monthly())
                        .yearly(kept.yearly()))
                .destinations(destinations())
                .sources(places(sources))
                .buckets(sources.forgejo().isPresent() ? ForgejoServer.BUCKETS : List.of())
                .products(host.products());
        return new BackupJob(
                scope.name("job"),
                new BackupJob.Args()
                        .volume(jobs.name())
                        .statusVolume(state.name())
                        .image(image.id())
                        .job(settings),
                scope.options(recipients, retention).build());
    }

    private List<Destination> destinations() {
        Destination local = new Destination()
                .name("local")
                .kind("s3")
                .place("http://s3:" + ObjectStorage.PORT)
                .bucket(BUCKET)
                .region("us-east-1")
                .pathStyle(true);
        Destination second = spec.backup()
                .offSite()
                .map(offSite -> new Destination()
                        .name("off-site")
                        .kind("s3")
                        .place(offSite.endpoint())
                        .bucket(offSite.bucket())
                        .region(offSite.region())
                        .pathStyle(offSite.pathStyle()))
                .orElseGet(() -> new Destination()
                        .name("folder")
                        .kind("folder")
                        .place(FOLDER)
                        .bucket("")
                        .region("")
                        .pathStyle(true));
        return List.of(local, second);
    }

    /** Addresses and folders as the agent sees them; a source whose service is off is not named. */
    private Map<String, String> places(Sources sources) {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("vault", "http://vault:8200");
        places.put("s3", "http://s3:" + ObjectStorage.PORT);
        if (sources.postgres().isPresent()) {
            places.put("postgres", "postgres:" + PostgresServer.PORT);
        }
        if (sources.forgejo().isPresent()) {
            places.put("forgejo", "/source/forgejo");
            places.put("forgejoConfiguration", "/source/forgejo-configuration");
        }
        if (host.pulumiState().isPresent()) {
            places.put("pulumi", "/source/pulumi");
        }
        places.put("repository", "/source/repository");
        return places;
    }

    private void agent(
            Image image,
            Volume jobs,
            Volume state,
            BackupJob job,
            VaultContent vault,
            StackSecrets secrets,
            Sources sources,
            S3Bucket bucket) {
        Output<String> s3Secret = scope.secret("s3-secret", "password", 40);
        List<S3Bucket> buckets = new ArrayList<>(List.of(bucket));
        Map<String, List<String>> rights = new LinkedHashMap<>();
        rights.put(BUCKET, List.of("read", "list", "write"));
        sources.forgejo().ifPresent(forgejo -> {
            buckets.addAll(forgejo.buckets());
            ForgejoServer.BUCKETS.forEach(each -> rights.put(each, List.of("read", "list")));
        });
        List<Resource> before = new ArrayList<>(List.of(job));
        before.add(sources.storage().user(AGENT_USER, s3Secret, buckets, rights));

        Map<String, Output<String>> values =
                secrets.given(List.of(StackSecrets.SEAL_SIGNING_KEY, StackSecrets.BLOB_NAME_KEY));
        values.putAll(VaultContent.values("s3AccessKey", AGENT_USER, "s3SecretKey", s3Secret));
        sources.postgres().ifPresent(postgres -> {
            Output<String> password = scope.secret("postgres-password", "password", 32);
            before.add(postgres.reader(POSTGRES_USER, password));
            values.putAll(VaultContent.values("postgresUsername", POSTGRES_USER, "postgresPassword", password));
        });
        values.putAll(secrets.offsite(StackSecrets.OFFSITE_WRITER_ACCESS_KEY, StackSecrets.OFFSITE_WRITER_SECRET_KEY));
        SecretV2 credential = vault.credential("backup", "backup", values);
        before.add(credential);
        AuthBackendRole role = vault.role(
                "backup",
                List.of("backup/backup"),
                "path \"sys/storage/raft/snapshot\" {\n  capabilities = [\"read\"]\n}\n");
        Volume login = scope.filesVolume("secrets");
        var files = scope.files(
                "secrets",
                login,
                image,
                Owner.ROOT,
                vault.login(
                        "backup",
                        role,
                        secrets.given(List.of(
                                ConfigKeys.NTFY_URL,
                                ConfigKeys.NTFY_TOKEN,
                                ConfigKeys.HEARTBEAT_BACKUP,
                                ConfigKeys.HEARTBEAT_VERIFY,
                                ConfigKeys.HEARTBEAT_PROOF))));
        if (!spec.running()) {
            return;
        }
        ServiceContainer container = scope.container(image, spec.backup().memory())
                .user(Owner.ROOT)
                // It reads files of other users, Forgejo's foremost, and may write none of them.
                .capability("CAP_DAC_READ_SEARCH")
                .command("serve")
                .mountReadOnly(jobs, "/job")
                .mountReadOnly(login, "/run/secrets")
                .mount(state, "/state")
                .mountHostReadOnly(host.repository(), "/source/repository")
                .mountHost(host.locks(), "/locks")
                .scratch("/tmp")
                .port(PORT, spec.backup().port())
                .healthy(VaultServer.fetch("http://127.0.0.1:" + PORT + "/health"))
                .grace("SIGTERM", 30)
                .restartOn("secrets", files.digest())
                .after(before);
        sources.forgejo()
                .ifPresent(forgejo -> container
                        .mountReadOnly(forgejo.data(), "/source/forgejo")
                        .mountReadOnly(forgejo.configuration(), "/source/forgejo-configuration")
                        // The first run is due at once: it must not find half a foundation.
                        .after(forgejo.serving()));
        host.pulumiState().ifPresent(folder -> container.mountHostReadOnly(folder, "/source/pulumi"));
        withFolder(container).build();
    }

    private ServiceContainer withFolder(ServiceContainer container) {
        return spec.backup().offSite().isPresent()
                ? container
                : container.mountHost(spec.backup().folder().orElse(host.points()), FOLDER);
    }

    /** The one that may delete here, and lengthen locks off-site: it signs nothing, reads no source and knows no key. */
    private void pruner(
            Image image,
            Volume jobs,
            BackupJob job,
            VaultContent vault,
            StackSecrets secrets,
            Sources sources,
            S3Bucket bucket) {
        Output<String> s3Secret = scope.secret("pruner-s3-secret", "password", 40);
        Resource user = sources.storage()
                .user(
                        PRUNER_USER,
                        s3Secret,
                        List.of(bucket),
                        Map.of(BUCKET, List.of("read", "list", "delete", "purge")));
        Map<String, Output<String>> values = VaultContent.values("s3AccessKey", PRUNER_USER, "s3SecretKey", s3Secret);
        values.putAll(secrets.offsiteKeeper());
        SecretV2 credential = vault.credential("backup", "prune", values);
        AuthBackendRole role = vault.role("prune", List.of("backup/prune"));
        Volume login = scope.filesVolume("pruner-secrets");
        var files = scope.files(
                "pruner-secrets",
                login,
                image,
                Owner.ROOT,
                vault.login(
                        "prune",
                        role,
                        secrets.given(
                                List.of(ConfigKeys.NTFY_URL, ConfigKeys.NTFY_TOKEN, ConfigKeys.HEARTBEAT_PRUNE))));
        Volume state = scope.filesVolume("pruner-state");
        if (!spec.running()) {
            return;
        }
        ServiceContainer container = new ServiceContainer(scope, "pruner", "backup-pruner", image, PRUNER_MEMORY)
                .user(Owner.ROOT)
                .command("prune-on-schedule")
                .mountReadOnly(jobs, "/job")
                .mountReadOnly(login, "/run/secrets")
                .mount(state, "/state")
                .mountHost(host.locks(), "/locks")
                .scratch("/tmp")
                .healthy(VaultServer.fetch("http://127.0.0.1:" + PORT + "/health"))
                .grace("SIGTERM", 30)
                .restartOn("secrets", files.digest())
                .after(job, user, credential);
        withFolder(container).build();
    }
}
