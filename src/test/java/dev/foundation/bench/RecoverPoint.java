package dev.foundation.bench;

import dev.foundation.age.AgeIdentity;
import dev.foundation.artifact.buckets.S3BlobSource;
import dev.foundation.artifact.forgejo.Exclusion;
import dev.foundation.artifact.forgejo.ForgejoVolume;
import dev.foundation.artifact.postgres.ClientPrograms;
import dev.foundation.artifact.postgres.PostgresDump;
import dev.foundation.backup.BackupReport;
import dev.foundation.backup.BackupRun;
import dev.foundation.backup.History;
import dev.foundation.backup.Identity;
import dev.foundation.backup.Sources;
import dev.foundation.bench.Bench.Setting;
import dev.foundation.bundle.BlobNames;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.Trust;
import dev.foundation.postgres.PostgresAccess;
import dev.foundation.restore.StagedPoint;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.Secret;
import dev.foundation.store.local.LocalStore;
import dev.foundation.stream.GunzipReader;
import dev.foundation.stream.ParallelGzip;
import dev.foundation.stream.ParallelZstd;
import dev.foundation.stream.ZstdReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sealed point, made by a run of the backup over real servers, and beside it the same content in plain, for those who only copy.
 *
 * @param store the folder that holds the point and its blobs
 * @param identity opens it; the bench's own, gone with it
 * @param script the dump, not compressed
 * @param tar Forgejo's volume, not compressed
 * @param objects a folder with the bucket's objects
 */
record RecoverPoint(
        Path store, BundleId id, Trust trust, Secret<String> identity, Path script, Path tar, Path objects) {
    static final String BUCKET = "objects";

    private static final int CORES = Math.max(2, Runtime.getRuntime().availableProcessors());

    /**
     * What the point holds.
     *
     * @param database bytes of rows
     * @param blobs bytes of objects: an eighth is one large object, the rest as a tree of files
     */
    record Size(long database, long blobs, int repositories) {
        Size tenth() {
            return new Size(Math.max(1, database / 10), Math.max(8, blobs / 10), Math.max(1, repositories / 10));
        }
    }

    static RecoverPoint make(Setting setting, String name, Size size) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(setting.work().resolve(name));
        Path objects = Forge.objects(folder, size.blobs());
        Path volume = folder.resolve("volume");
        Forge.repositories(volume, size.repositories());
        Path store = Files.createDirectories(folder.resolve("store"));
        AgeIdentity age = AgeIdentity.generate();
        SealKey seal = SealKey.generate(new SecureRandom());
        Trust trust = new Trust("6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa", 1, List.of(seal.publicLine()));
        Path source = Files.createDirectories(setting.fast().resolve(name));
        Path cluster = setting.shared().resolve(name);
        BundleId id;
        try (LocalPostgres postgres = LocalPostgres.start(cluster);
                LocalS3 s3 = LocalS3.start(LocalS3.Kind.VERSITYGW, setting.tools(), source)) {
            Forge.database(postgres, folder, size.database());
            s3.bucket(BUCKET, true);
            double _ = new Peers(setting.tools(), s3, setting.work()).rcloneSync(objects, BUCKET, "");
            id = take(
                    folder,
                    store,
                    new Identity(
                            List.of(age.recipient()),
                            seal,
                            new BlobNames(Secret.of(Base64.getEncoder().encodeToString(new byte[32]))),
                            trust,
                            Map.of("sealSigningKey", 1),
                            Map.of()),
                    sources(postgres, s3, volume));
        }
        Scratch.remove(source);
        Scratch.remove(cluster);
        Scratch.remove(volume);
        var point = new RecoverPoint(
                store,
                id,
                trust,
                age.identity(),
                folder.resolve("postgres.sql"),
                folder.resolve("forgejo.tar"),
                objects);
        point.unpack();
        return point;
    }

    private static Sources sources(LocalPostgres postgres, LocalS3 s3, Path volume)
            throws IOException, InterruptedException {
        var access = new PostgresAccess("127.0.0.1", postgres.port(), LocalPostgres.USER, postgres.password());
        ClientPrograms programs = ClientPrograms.in(LocalPostgres.programs());
        return new Sources(
                Optional.of(rows -> new Sources.Dump(
                        new PostgresDump(access, programs, script -> ParallelGzip.compress(script, CORES)),
                        Optional::empty)),
                List.of(),
                Optional.of(
                        () -> new ForgejoVolume(volume, Exclusion.FORGEJO, tar -> ParallelZstd.compress(tar, CORES))),
                List::of,
                Optional.of(new S3BlobSource(s3.access())),
                List.of(BUCKET),
                List.of(() -> Runs.clear(Names.CONFIGURATION), () -> Runs.clear(Names.VERSIONS)),
                Map.of(),
                List.of());
    }

    private static BundleId take(Path folder, Path store, Identity identity, Sources sources)
            throws IOException, InterruptedException {
        Instant now = InstantSource.system().instant();
        BundleId id = new BundleId(now.truncatedTo(ChronoUnit.SECONDS));
        BackupReport report = new BackupRun(
                        identity,
                        List.of(new LocalStore("local", store)),
                        each -> SealCache.none(),
                        sources,
                        // The server's clock may be a little ahead of what was just written to it.
                        () -> now.plus(Duration.ofSeconds(5)),
                        CORES,
                        event -> {})
                .run(id, new History(Known.nothing(), List.of(), folder.resolve("known-blobs")));
        if (report.seal().isEmpty() || !report.problems().isEmpty()) {
            throw new IOException("the run left no good point: " + report.problems());
        }
        return id;
    }

    private void unpack() throws IOException, InterruptedException {
        StagedPoint point = StagedPoint.open(store, id.toString(), trust.publicLines(), trust.instance(), identity);
        try (InputStream plain = new GunzipReader(point.artifact(Names.POSTGRES).open());
                OutputStream out = Files.newOutputStream(script)) {
            plain.transferTo(out);
        }
        try (InputStream plain = new ZstdReader(point.artifact(Names.FORGEJO).open());
                OutputStream out = Files.newOutputStream(tar)) {
            plain.transferTo(out);
        }
    }

    /** What a child needs to know of it. */
    List<String> arguments() {
        return List.of(
                store.toString(),
                id.toString(),
                trust.instance(),
                trust.publicLines().getFirst(),
                identity.expose());
    }
}
