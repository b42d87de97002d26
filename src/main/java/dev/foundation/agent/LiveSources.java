package dev.foundation.agent;

import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.artifact.buckets.S3BlobSource;
import dev.foundation.artifact.forgejo.Exclusion;
import dev.foundation.artifact.forgejo.ForgejoVolume;
import dev.foundation.artifact.forgejo.GitCheck;
import dev.foundation.artifact.plainfile.PlainFile;
import dev.foundation.artifact.postgres.ClientPrograms;
import dev.foundation.artifact.postgres.ForgejoRows;
import dev.foundation.artifact.postgres.PostgresDump;
import dev.foundation.artifact.pulumistate.PulumiState;
import dev.foundation.artifact.vault.VaultSnapshot;
import dev.foundation.backup.Sources;
import dev.foundation.bundle.Manifest;
import dev.foundation.objectstore.S3Access;
import dev.foundation.postgres.PostgresAccess;
import dev.foundation.spec.BackupPlan;
import dev.foundation.stream.ParallelGzip;
import dev.foundation.stream.ParallelZstd;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The foundation's services as sources, as the plan says where they are. A service that the plan does not name is left out of the point. */
final class LiveSources {
    private static final String FORGEJO_DATABASE = "forgejo";
    private static final String PROJECT = "foundation";
    private static final String STACK = "foundation";
    private static final List<Manifest.Exclusion> LEFT_OUT = List.of(
            new Manifest.Exclusion("images", "pulled or built again from VERSIONS"),
            new Manifest.Exclusion(
                    "Vault's audit log", "a record of the lost server; it grows without end and restores nothing"),
            new Manifest.Exclusion("the runner's state", "a runner is registered anew, never restored"),
            new Manifest.Exclusion("RustFS's users and policies", "declared by the program and made again by it"),
            new Manifest.Exclusion("the bucket foundation-backups", "it holds the points themselves"),
            new Manifest.Exclusion("ACME data", "certificates are issued again"));

    private LiveSources() {}

    static Sources of(BackupPlan plan, Credentials credentials, AgentPlaces places, int workers)
            throws IOException, InterruptedException {
        Map<String, String> where = plan.sources();
        Map<String, String> tools = new TreeMap<>();
        tools.put("java", Runtime.version().toString());
        Optional<Sources.Database> database = Optional.empty();
        if (where.containsKey("postgres")) {
            PostgresAccess access = postgres(where.get("postgres"), credentials);
            ClientPrograms programs = ClientPrograms.in(places.postgresPrograms());
            tools.put("pg_dump", programs.version());
            database = Optional.of(rows -> {
                PostgresDump dump = new PostgresDump(
                        access,
                        programs,
                        script -> ParallelGzip.compress(script, workers),
                        new ForgejoRows(FORGEJO_DATABASE, rows));
                return new Sources.Dump(dump, () -> dump.moment(FORGEJO_DATABASE));
            });
        }
        List<Sources.Opener> first = new ArrayList<>();
        if (where.containsKey("vault")) {
            first.add(() -> new VaultSnapshot(credentials.vault()));
        }
        if (where.containsKey("pulumi")) {
            first.add(() -> new PulumiState(Path.of(where.get("pulumi")), PROJECT, STACK));
        }
        Optional<Sources.Opener> volume = Optional.empty();
        Sources.Check check = List::of;
        List<Manifest.Exclusion> exclusions = new ArrayList<>(LEFT_OUT);
        if (where.containsKey("forgejo")) {
            Path root = Path.of(where.get("forgejo"));
            Path appIni = Path.of(where.getOrDefault("forgejoConfiguration", where.get("forgejo")))
                    .resolve("app.ini");
            volume = Optional.of(() ->
                    new ForgejoVolume(root, appIni, Exclusion.FORGEJO, tar -> ParallelZstd.compress(tar, workers)));
            check = () ->
                    GitCheck.run(root).findings().stream().map(Object::toString).toList();
            Exclusion.FORGEJO.forEach(
                    each -> exclusions.add(new Manifest.Exclusion("Forgejo's volume: " + each.path(), each.reason())));
        }
        Optional<BlobSource> blobs = Optional.empty();
        if (!plan.buckets().isEmpty()) {
            blobs = Optional.of(new S3BlobSource(new S3Access(
                    URI.create(where.get("s3")),
                    "us-east-1",
                    credentials.of("s3AccessKey").expose(),
                    credentials.of("s3SecretKey").expose())));
        }
        Path repository = Path.of(where.get("repository"));
        return new Sources(
                database,
                first,
                volume,
                check,
                blobs,
                plan.buckets(),
                List.of(
                        () -> PlainFile.configuration(repository.resolve("Pulumi.foundation.yaml")),
                        () -> PlainFile.versions(repository.resolve("VERSIONS"))),
                tools,
                exclusions);
    }

    /** @param address {@code host:port} */
    static PostgresAccess postgres(String address, Credentials credentials) throws IOException {
        int colon = address.lastIndexOf(':');
        return new PostgresAccess(
                address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1)),
                credentials.of("postgresUsername").expose(),
                credentials.of("postgresPassword").expose());
    }
}
