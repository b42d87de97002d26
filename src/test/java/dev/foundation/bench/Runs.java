package dev.foundation.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.age.AgeIdentity;
import dev.foundation.artifact.Artifact;
import dev.foundation.artifact.buckets.S3BlobSource;
import dev.foundation.backup.BackupReport;
import dev.foundation.backup.BackupRun;
import dev.foundation.backup.History;
import dev.foundation.backup.Identity;
import dev.foundation.backup.Sources;
import dev.foundation.bundle.BlobNames;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.Trust;
import dev.foundation.objectstore.S3Access;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.Secret;
import dev.foundation.store.s3.S3Store;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whole runs of the backup over one bucket's objects, in a JVM of its own that ends and leaves to the next what the agent leaves: the file of known
 * blobs and the cache of seals. Each line of standard input is a bucket, and one run; it is answered by seconds, CPU seconds, and sealed bytes sent.
 */
public final class Runs {
    /** Before each run, for points are named by the second. */
    static final long PAUSE_MILLIS = 1001;
    /** The bucket of the points: nothing else may stand in it. */
    static final String POINTS = "points";

    private final S3Access access;
    private final Path state;
    private final SealKey key;

    private Runs(S3Access access, Path state) throws IOException {
        this.access = access;
        this.state = state;
        Path file = state.resolve("seal-key"); // of the bench's own points, gone with them
        if (!Files.exists(file)) {
            Files.writeString(
                    file, SealKey.generate(new SecureRandom()).privateKey().expose());
        }
        this.key = SealKey.of(Secret.of(Files.readString(file)));
    }

    /** @param args endpoint, access key, secret key, a folder that stays */
    public static void main(String[] args) throws Exception {
        var runs = new Runs(new S3Access(URI.create(args[0]), "us-east-1", args[1], args[2]), Path.of(args[3]));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String bucket = lines.readLine(); bucket != null; bucket = lines.readLine()) {
            Thread.sleep(PAUSE_MILLIS);
            double cpu = Cpu.seconds();
            long begun = System.nanoTime();
            long sent = runs.run(bucket);
            System.out.printf(
                    Locale.ROOT, "ok %.6f %.3f %d%n", (System.nanoTime() - begun) / 1e9, Cpu.seconds() - cpu, sent);
        }
    }

    private long run(String bucket) throws IOException, InterruptedException {
        Instant now = InstantSource.system().instant();
        try (var store = new S3Store("bench", access, POINTS, true);
                var source = new S3BlobSource(access)) {
            var identity = new Identity(
                    List.of(AgeIdentity.generate().recipient()),
                    key,
                    new BlobNames(Secret.of(Base64.getEncoder().encodeToString(new byte[32]))),
                    new Trust("6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa", 1, List.of(key.publicLine())),
                    Map.of("sealSigningKey", 1),
                    Map.of());
            var sources = new Sources(
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List::of,
                    Optional.of(source),
                    List.of(bucket),
                    List.of(() -> clear(Names.CONFIGURATION), () -> clear(Names.VERSIONS)),
                    Map.of(),
                    List.of());
            BackupReport report = new BackupRun(
                            identity,
                            List.of(store),
                            each -> SealCache.at(state.resolve("seals")),
                            sources,
                            // The server's clock may be a little ahead of what was just written to it.
                            () -> now.plus(Duration.ofSeconds(5)),
                            Math.max(2, Runtime.getRuntime().availableProcessors()),
                            event -> {})
                    .run(
                            new BundleId(now.truncatedTo(ChronoUnit.SECONDS)),
                            new History(Known.nothing(), List.of(), state.resolve("known-blobs")));
            if (report.seal().isEmpty() || !report.problems().isEmpty()) {
                throw new IOException("the run left no good point: " + report.problems());
            }
            return report.sent();
        }
    }

    /** A file in clear, that every point has. */
    static Artifact clear(String name) {
        byte[] bytes = "a: bench\n".getBytes(StandardCharsets.US_ASCII);
        return new Artifact() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public InputStream content() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public ObjectNode facts() {
                return JsonNodeFactory.instance.objectNode();
            }

            @Override
            public void close() {}
        };
    }
}
