package dev.foundation.stack;

import com.pulumi.core.Output;
import com.pulumi.docker.Network;
import com.pulumi.docker.Volume;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.S3Spec;
import dev.foundation.spec.ServiceName;
import dev.foundation.stack.Scope.Image;
import dev.foundation.stack.Scope.Owner;
import dev.foundation.stack.binding.foundation.BucketGrant;
import dev.foundation.stack.binding.foundation.FixedChoice;
import dev.foundation.stack.binding.foundation.S3Bucket;
import dev.foundation.stack.binding.foundation.S3User;
import dev.foundation.stack.binding.foundation.VolumeFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The S3 server, RustFS or versitygw: buckets and users are declared alike on both. */
final class ObjectStorage extends ComponentResource {
    static final int PORT = 9000;
    private static final int CONSOLE_PORT = 9001;
    private static final Owner OWNER = new Owner(10001, 10001);
    private static final String ACCESS_KEY_FILE = "/run/secrets/access-key";
    private static final String SECRET_KEY_FILE = "/run/secrets/secret-key";

    private final Scope scope;
    private final Output<String> accessKey;
    private final Output<String> secretKey;
    private final Recovery recovery;
    private final List<Resource> serving = new ArrayList<>();

    ObjectStorage(
            FoundationSpec spec,
            Network network,
            Images images,
            VaultContent vault,
            Recovery recovery,
            ComponentResourceOptions options) {
        super("foundation:stack:ObjectStorage", spec.instance().named(ServiceName.S3.container()), options);
        scope = new Scope(spec, ServiceName.S3, this, network);
        this.recovery = recovery;
        accessKey = scope.secret("admin-access-key", "password", 20);
        secretKey = scope.secret("admin-secret-key", "password", 40);

        Image image = scope.image(spec.s3().image().orElseGet(() -> images.of(ServiceName.S3)));
        Volume secrets = scope.filesVolume("secrets");
        Map<String, Output<String>> content = new LinkedHashMap<>();
        content.put("access-key", accessKey);
        content.put("secret-key", secretKey);
        VolumeFiles files = scope.files("secrets", secrets, image, OWNER, Json.all(content));
        FixedChoice engine = scope.fixed("engine", "s3.engine", engine());
        Volume data = scope.dataVolume("data");
        if (spec.running()) {
            ServiceContainer container = scope.container(image, spec.s3().memory())
                    .user(OWNER)
                    .mount(data, "/data")
                    .mountReadOnly(secrets, "/run/secrets")
                    .scratch("/tmp")
                    .port(PORT, spec.s3().port())
                    .grace("SIGTERM", 30)
                    .restartOn("secrets", files.digest())
                    .after(engine);
            serving.add(
                    switch (spec.s3().engine()) {
                        case RUSTFS -> rustfs(container, spec.s3()).build();
                        case VERSITYGW -> versitygw(container).build();
                    });
        }
        vault.credential(
                "s3",
                "admin",
                VaultContent.values("accessKey", accessKey, "secretKey", secretKey, "endpoint", "http://s3:" + PORT));
        vault.role("s3", List.of("s3/admin"));
        registerOutputs(Map.of("engine", Output.of(engine())));
    }

    private static ServiceContainer rustfs(ServiceContainer container, S3Spec spec) {
        return container
                .env("RUSTFS_VOLUMES", "/data")
                .env("RUSTFS_ADDRESS", "0.0.0.0:" + PORT)
                .env("RUSTFS_CONSOLE_ENABLE", "true")
                .env("RUSTFS_CONSOLE_ADDRESS", "0.0.0.0:" + CONSOLE_PORT)
                .env("RUSTFS_ACCESS_KEY_FILE", ACCESS_KEY_FILE)
                .env("RUSTFS_SECRET_KEY_FILE", SECRET_KEY_FILE)
                .scratch("/logs")
                .port(CONSOLE_PORT, spec.consolePort())
                .healthy(VaultServer.fetch("http://127.0.0.1:" + PORT + "/health/ready"));
    }

    /** versitygw reads its root key from its own environment only: the shell sets it inside the container, where no inspection shows it. */
    private static ServiceContainer versitygw(ServiceContainer container) {
        String serve = "mkdir -p /data/objects /data/versions /data/iam"
                + " && ROOT_ACCESS_KEY=\"$(cat " + ACCESS_KEY_FILE + ")\" ROOT_SECRET_KEY=\"$(cat " + SECRET_KEY_FILE
                + ")\""
                + " PATH=\"$PATH:/app\" exec versitygw --port 0.0.0.0:" + PORT
                + " --health /health --iam-dir /data/iam posix --versioning-dir /data/versions /data/objects";
        return container
                .entrypoint("/bin/sh", "-c")
                .command(serve)
                .healthy(VaultServer.fetch("http://127.0.0.1:" + PORT + "/health"));
    }

    S3Bucket bucket(String bucket) {
        return new S3Bucket(
                scope.name("bucket-" + bucket),
                new S3Bucket.Args()
                        .endpoint(endpoint())
                        .engine(engine())
                        .accessKey(accessKey)
                        .secretKey(secretKey)
                        .bucket(bucket)
                        .versioning(true),
                scope.options(serving).protect(true).retainOnDelete(true).build());
    }

    /** What a recovery puts back into these buckets; nothing where there was none. */
    List<Resource> restored(List<S3Bucket> buckets) {
        return recovery.buckets(scope, endpoint(), accessKey, secretKey, buckets);
    }

    /** A user who may do exactly this, by bucket, and nothing else anywhere. */
    S3User user(String name, Output<String> secret, List<S3Bucket> buckets, Map<String, List<String>> actions) {
        List<BucketGrant> grants = actions.entrySet().stream()
                .map(each -> new BucketGrant(Output.of(each.getKey()), each.getValue()))
                .toList();
        return new S3User(
                scope.name("user-" + name),
                new S3User.Args()
                        .endpoint(endpoint())
                        .engine(engine())
                        .accessKey(accessKey)
                        .secretKey(secretKey)
                        .name(name)
                        .secret(secret)
                        .grants(grants),
                scope.options(List.copyOf(buckets)).build());
    }

    private String endpoint() {
        return "http://" + VaultServer.reachable(scope.spec().bindAddress()) + ":"
                + scope.spec().s3().port();
    }

    String engine() {
        return scope.spec().s3().engine().name().toLowerCase(Locale.ROOT);
    }
}
