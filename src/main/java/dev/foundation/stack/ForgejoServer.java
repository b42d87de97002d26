package dev.foundation.stack;

import com.pulumi.core.Output;
import com.pulumi.docker.Network;
import com.pulumi.docker.Volume;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import dev.foundation.stack.Scope.Image;
import dev.foundation.stack.Scope.Owner;
import dev.foundation.stack.binding.foundation.FixedChoice;
import dev.foundation.stack.binding.foundation.ForgejoAdmin;
import dev.foundation.stack.binding.foundation.ForgejoOrganization;
import dev.foundation.stack.binding.foundation.ForgejoPush;
import dev.foundation.stack.binding.foundation.ForgejoRepository;
import dev.foundation.stack.binding.foundation.PostgresDatabase;
import dev.foundation.stack.binding.foundation.S3Bucket;
import dev.foundation.stack.binding.foundation.S3User;
import dev.foundation.stack.binding.foundation.VolumeFiles;
import dev.foundation.stack.binding.vault.SecretV2;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Forgejo (Gitea on a sealed site) on the foundation's Postgres and S3. Each secret goes into Vault first and is read from there into
 * {@code app.ini}, so Forgejo's start depends on Vault's, Postgres's and the S3 server's leaves.
 */
final class ForgejoServer extends ComponentResource {
    static final int HTTP_PORT = 3000;
    static final int SSH_PORT = 2222;
    static final String DATABASE = "forgejo";
    static final String PACKAGES_BUCKET = "forgejo-packages";
    static final String ARTIFACTS_BUCKET = "forgejo-artifacts";
    static final String LFS_BUCKET = "forgejo-lfs";
    static final List<String> BUCKETS = List.of(PACKAGES_BUCKET, ARTIFACTS_BUCKET, LFS_BUCKET);

    private static final String RUNNER_SECRET = "runner-secret";
    static final String RUNNER_SECRET_FILE = "/etc/gitea/" + RUNNER_SECRET;
    static final String CONFIGURATION = "/etc/gitea/app.ini";
    static final String BINARY = "/usr/local/bin/gitea";
    static final String USER = "git";
    private static final String ADMIN = "foundation-admin";
    private static final String ADMIN_EMAIL = "foundation-admin@localhost.localdomain";
    static final String ORGANIZATION = "foundation";
    private static final String REPOSITORY = "foundation";
    private static final Owner OWNER = new Owner(1000, 1000);

    private final List<Resource> serving = new ArrayList<>();
    private final String url;
    private final List<S3Bucket> buckets;
    private final Volume data;
    private final Volume configuration;
    private final Optional<Output<String>> runnerSecret;

    ForgejoServer(
            FoundationSpec spec,
            Network network,
            Images images,
            VaultContent vault,
            PostgresServer postgres,
            ObjectStorage storage,
            Recovery recovery,
            ComponentResourceOptions options) {
        super("foundation:stack:Forgejo", spec.instance().named(ServiceName.FORGEJO.container()), options);
        Scope scope = new Scope(spec, ServiceName.FORGEJO, this, network);
        url = "http://" + VaultServer.reachable(spec.bindAddress()) + ":"
                + spec.forgejo().port();

        SecretV2 databaseCredentials = vault.credential(
                "forgejo",
                "database",
                VaultContent.values(
                        "username",
                        DATABASE,
                        "password",
                        scope.secret("database-password", "password", 32),
                        "database",
                        DATABASE,
                        "host",
                        "postgres",
                        "port",
                        Integer.toString(PostgresServer.PORT)));
        SecretV2 s3Credentials = vault.credential(
                "forgejo",
                "s3",
                VaultContent.values(
                        "accessKey",
                        "forgejo",
                        "secretKey",
                        scope.secret("s3-secret-key", "password", 40),
                        "endpoint",
                        "http://s3:" + ObjectStorage.PORT));
        SecretV2 applicationCredentials = vault.credential(
                "forgejo",
                "application",
                VaultContent.values(
                        "secretKey", scope.secret("secret-key", "password", 64),
                        "internalToken", scope.secret("internal-token", "password", 64),
                        "jwtSecret", scope.secret("jwt-secret", "base64url", 32),
                        "lfsJwtSecret", scope.secret("lfs-jwt-secret", "base64url", 32)));
        SecretV2 adminCredentials = vault.credential(
                "forgejo",
                "admin",
                VaultContent.values(
                        "username",
                        ADMIN,
                        "password",
                        scope.secret("admin-password", "password", 24),
                        "email",
                        ADMIN_EMAIL,
                        "url",
                        spec.forgejo().rootUrl()));
        vault.role("forgejo", List.of("forgejo/database", "forgejo/s3", "forgejo/application"));

        runnerSecret = spec.runner().enabled() ? Optional.of(runnerSecret(scope, vault)) : Optional.empty();

        PostgresDatabase database = postgres.database(DATABASE, read(databaseCredentials, "password"));
        buckets = BUCKETS.stream().map(storage::bucket).toList();
        Map<String, List<String>> rights = new LinkedHashMap<>();
        BUCKETS.forEach(bucket -> rights.put(bucket, List.of("read", "list", "write", "delete")));
        S3User s3User = storage.user("forgejo", read(s3Credentials, "secretKey"), buckets, rights);

        Map<String, Output<String>> secrets = new LinkedHashMap<>();
        secrets.put("databasePassword", read(databaseCredentials, "password"));
        secrets.put("s3AccessKey", read(s3Credentials, "accessKey"));
        secrets.put("s3SecretKey", read(s3Credentials, "secretKey"));
        List.of("secretKey", "internalToken", "jwtSecret", "lfsJwtSecret")
                .forEach(key -> secrets.put(key, read(applicationCredentials, key)));

        runnerSecret.ifPresent(secret -> secrets.put(RUNNER_SECRET, secret));

        Image image = scope.image(spec.forgejo().image().orElseGet(() -> images.of(ServiceName.FORGEJO)));
        configuration = scope.filesVolume("config");
        VolumeFiles files = scope.files(
                "config", configuration, image, OWNER, Json.all(secrets).applyValue(known -> files(spec, known)));
        FixedChoice product = scope.fixed("product", "forgejo.product", product(spec));
        data = scope.dataVolume("data");
        storage.restored(buckets);
        recovery.volume(scope, data, image, OWNER);
        if (spec.running()) {
            serving.add(scope.container(image, spec.forgejo().memory())
                    .user(OWNER)
                    .entrypoint(BINARY)
                    .command("web", "--config", CONFIGURATION)
                    .env("GITEA_WORK_DIR", "/var/lib/gitea")
                    .env("HOME", "/var/lib/gitea/git")
                    .mount(data, "/var/lib/gitea")
                    .mountReadOnly(configuration, "/etc/gitea")
                    .scratch("/tmp")
                    .port(HTTP_PORT, spec.forgejo().port())
                    .port(SSH_PORT, spec.forgejo().sshPort())
                    .healthy(VaultServer.fetch("http://127.0.0.1:" + HTTP_PORT + "/api/healthz"))
                    .grace("SIGTERM", 60)
                    .restartOn("config", files.digest())
                    .after(product, database, s3User)
                    .after(buckets)
                    .after(recovery.steps())
                    .build());
        }
        serving.addAll(recovery.repair(scope, serving));
        content(scope, read(adminCredentials, "username"), read(adminCredentials, "password"));
        registerOutputs(Map.of("url", Output.of(spec.forgejo().rootUrl())));
    }

    static String product(FoundationSpec spec) {
        return spec.forgejo().product().name().toLowerCase(Locale.ROOT);
    }

    /** What Forgejo and its runner share; the runner is registered from Forgejo's side, so the file lies there. */
    private static Output<String> runnerSecret(Scope scope, VaultContent vault) {
        SecretV2 credential = vault.credential(
                "runner", "registration", VaultContent.values("secret", scope.secret("runner-secret", "hex", 20)));
        vault.role("runner", List.of("runner/registration"));
        return read(credential, "secret");
    }

    private static Map<String, String> files(FoundationSpec spec, Map<String, String> secrets) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("app.ini", ForgejoConfiguration.render(spec, secrets));
        String runner = secrets.get(RUNNER_SECRET);
        if (runner != null) {
            files.put(RUNNER_SECRET, runner);
        }
        return files;
    }

    /** The administrator, the organisation, and this very project in it. */
    private void content(Scope scope, Output<String> username, Output<String> password) {
        ForgejoAdmin admin = new ForgejoAdmin(
                scope.name("admin"),
                new ForgejoAdmin.Args()
                        .container(scope.onDocker())
                        .binary(BINARY)
                        .config(CONFIGURATION)
                        .runAs(USER)
                        .url(url)
                        .username(username)
                        .email(ADMIN_EMAIL)
                        .password(password),
                scope.options(serving).protect(true).retainOnDelete(true).build());
        ForgejoOrganization organization = new ForgejoOrganization(
                scope.name("organization"),
                new ForgejoOrganization.Args()
                        .url(url)
                        .username(username)
                        .password(password)
                        .name(ORGANIZATION),
                scope.options(admin).protect(true).retainOnDelete(true).build());
        ForgejoRepository repository = new ForgejoRepository(
                scope.name("repository"),
                new ForgejoRepository.Args()
                        .url(url)
                        .username(username)
                        .password(password)
                        .owner(ORGANIZATION)
                        .name(REPOSITORY),
                scope.options(organization).protect(true).retainOnDelete(true).build());
        if (scope.spec().recovery().scratch().isPresent()) {
            return; // What is looked at is what the point held, not what the clone has since.
        }
        new ForgejoPush(
                scope.name("push"),
                new ForgejoPush.Args()
                        .url(url)
                        .username(username)
                        .password(password)
                        .owner(ORGANIZATION)
                        .repository(REPOSITORY)
                        .branch("main"),
                scope.options(repository).build());
    }

    private static Output<String> read(SecretV2 credential, String key) {
        return credential.data().applyValue(data -> {
            String value = data.get(key);
            if (value == null) {
                throw new IllegalStateException("Vault's credential has no " + key + ": was it changed by hand?");
            }
            return value;
        });
    }

    /** What must be up before Forgejo can be asked anything; empty while the foundation is down. */
    List<Resource> serving() {
        return List.copyOf(serving);
    }

    List<S3Bucket> buckets() {
        return buckets;
    }

    /** Holds the repositories. */
    Volume data() {
        return data;
    }

    /** Holds {@code app.ini}. */
    Volume configuration() {
        return configuration;
    }

    /** There exactly where the spec has a runner. */
    Output<String> runnerSecret() {
        return runnerSecret.orElseThrow();
    }
}
