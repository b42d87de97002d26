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
import dev.foundation.stack.binding.foundation.PostgresDatabase;
import dev.foundation.stack.binding.foundation.PostgresReader;
import dev.foundation.stack.binding.foundation.PostgresRole;
import dev.foundation.stack.binding.foundation.VolumeFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One Postgres cluster; each service that uses it gets a role and a database of its own. */
final class PostgresServer extends ComponentResource {
    static final int PORT = 5432;
    static final String ADMIN = "postgres";
    private static final Owner OWNER = new Owner(999, 999);

    private final Scope scope;
    private final Output<String> adminPassword;
    private final List<Resource> serving = new ArrayList<>();
    private final List<Resource> databases = new ArrayList<>();

    PostgresServer(
            FoundationSpec spec,
            Network network,
            Images images,
            VaultContent vault,
            Recovery recovery,
            ComponentResourceOptions options) {
        super("foundation:stack:Postgres", spec.instance().named(ServiceName.POSTGRES.container()), options);
        scope = new Scope(spec, ServiceName.POSTGRES, this, network);
        adminPassword = scope.secret("admin-password", "password", 32);

        Image image = scope.image(spec.postgres().image().orElseGet(() -> images.of(ServiceName.POSTGRES)));
        Volume secrets = scope.filesVolume("secrets");
        VolumeFiles files = scope.files(
                "secrets",
                secrets,
                image,
                OWNER,
                adminPassword.applyValue(password -> Map.of("admin-password", password)));
        Volume data = scope.dataVolume("data");
        if (spec.running()) {
            serving.add(scope.container(image, spec.postgres().memory())
                    .user(OWNER)
                    .env("POSTGRES_USER", ADMIN)
                    .env("POSTGRES_PASSWORD_FILE", "/run/secrets/admin-password")
                    .env("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --encoding=UTF8 --data-checksums")
                    .env("PGDATA", "/var/lib/postgresql/data")
                    .mount(data, "/var/lib/postgresql/data")
                    .mountReadOnly(secrets, "/run/secrets")
                    .scratch("/tmp")
                    .scratch("/var/run/postgresql")
                    .port(PORT, spec.postgres().port())
                    // Over TCP: the first start's temporary server listens on its socket alone.
                    .healthy("pg_isready -q -h 127.0.0.1 -p " + PORT + " -U " + ADMIN)
                    // SIGINT asks for a fast and clean shutdown; a checkpoint may take its time.
                    .grace("SIGINT", 60)
                    .restartOn("secrets", files.digest())
                    .build());
        }
        serving.addAll(recovery.postgres(scope, serving));
        vault.credential(
                "postgres",
                "admin",
                VaultContent.values(
                        "username",
                        ADMIN,
                        "password",
                        adminPassword,
                        "host",
                        "postgres",
                        "port",
                        Integer.toString(PORT)));
        vault.role("postgres", List.of("postgres/admin"));
        registerOutputs(Map.of("address", Output.of(ServiceName.POSTGRES.container() + ":" + PORT)));
    }

    /** A role that may read every database there is by then, for the backup. */
    PostgresReader reader(String name, Output<String> password) {
        return new PostgresReader(
                scope.name("reader-" + name),
                new PostgresReader.Args()
                        .host(VaultServer.reachable(scope.spec().bindAddress()))
                        .port(scope.spec().postgres().port())
                        .adminUser(ADMIN)
                        .adminPassword(adminPassword)
                        .name(name)
                        .password(password),
                scope.options(Stream.concat(serving.stream(), databases.stream())
                                .toList())
                        .build());
    }

    /** A role with its own database of the same name. Answers what a user of the database must wait for. */
    PostgresDatabase database(String name, Output<String> password) {
        FoundationSpec spec = scope.spec();
        String host = VaultServer.reachable(spec.bindAddress());
        int port = spec.postgres().port();
        PostgresRole role = new PostgresRole(
                scope.name("role-" + name),
                new PostgresRole.Args()
                        .host(host)
                        .port(port)
                        .adminUser(ADMIN)
                        .adminPassword(adminPassword)
                        .name(name)
                        .password(password),
                scope.options(serving).build());
        PostgresDatabase database = new PostgresDatabase(
                scope.name("database-" + name),
                new PostgresDatabase.Args()
                        .host(host)
                        .port(port)
                        .adminUser(ADMIN)
                        .adminPassword(adminPassword)
                        .name(name)
                        .owner(name),
                scope.options(role).protect(true).retainOnDelete(true).build());
        databases.add(database);
        return database;
    }
}
