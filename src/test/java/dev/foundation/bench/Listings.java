package dev.foundation.bench;

import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.InventoryLine;
import dev.foundation.bundle.InventoryWriter;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.PointList;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.bundle.Trust;
import dev.foundation.objectstore.S3Access;
import dev.foundation.prune.Circumstances;
import dev.foundation.prune.Marks;
import dev.foundation.prune.PrunePlan;
import dev.foundation.prune.Pruning;
import dev.foundation.retention.RetentionPolicy;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.Secret;
import dev.foundation.store.s3.S3Store;
import dev.foundation.stream.Sha256;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What {@code points} and {@code prune --plan} do at one store, in a JVM of its own. Each line of standard input is a question and a bucket:
 * {@code cold} (no cache of seals), {@code warm} (from it), {@code prune}; answered by seconds, CPU seconds, and how many points.
 */
public final class Listings {
    private static final String INSTANCE = "6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa";
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    /** Hourly points, whose objects change once a day. */
    private static final int SAME = 24;
    /** Blobs that a point lists, and how many are new each day. */
    private static final int BLOBS = 1000;

    private final S3Access access;
    private final Path state;
    private final Trust trust;

    private Listings(S3Access access, Path state) throws IOException {
        this.access = access;
        this.state = state;
        this.trust = new Trust(INSTANCE, 1, List.of(Files.readString(state.resolve("public-line"))));
    }

    /** @param args endpoint, access key, secret key, a folder that stays */
    public static void main(String[] args) throws Exception {
        var listings = new Listings(new S3Access(URI.create(args[0]), "us-east-1", args[1], args[2]), Path.of(args[3]));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split("\t", -1);
            double cpu = Cpu.seconds();
            long begun = System.nanoTime();
            int found = listings.answer(words[0], words[1]);
            System.out.printf(
                    Locale.ROOT,
                    "ok %.6f %.3f %d%n",
                    (System.nanoTime() - begun) / 1e9,
                    Cpu.seconds() - cpu,
                    found);
        }
    }

    private int answer(String question, String bucket) throws IOException, InterruptedException {
        try (var store = new S3Store("bench", access, bucket, true)) {
            SealCache cache = SealCache.at(state.resolve("seals-" + bucket));
            if (question.equals("prune")) {
                var policy = new RetentionPolicy(7, 4, 12, 3, Duration.ofHours(24), ZoneOffset.UTC);
                PrunePlan plan = new Pruning(store, trust, policy, cache)
                        .look(
                                new Circumstances(Known.nothing(), java.util.Set.of(), java.util.Set.of(), false),
                                Marks.none(),
                                START.plus(Duration.ofDays(3650)));
                return PrunePlan.json(List.of(plan)).isEmpty() ? 0 : plan.decisions().size();
            }
            var points = new Points(
                    store, trust, question.equals("cold") ? SealCache.none() : cache, new SecureRandom());
            PointList list = points.list(Known.nothing());
            if (!list.alarms().isEmpty()) {
                throw new IOException("alarms: " + list.alarms().getFirst().message());
            }
            return list.sealed().size();
        }
    }

    /** Puts a chain of so many points into a bucket, each with its inventory, and the blobs that the last one lists. */
    static void make(LocalS3 server, String bucket, int count, Path state) throws IOException, InterruptedException {
        SealKey key = SealKey.generate(new SecureRandom());
        Path file = state.resolve("seal-key");
        if (Files.exists(file)) {
            key = SealKey.of(Secret.of(Files.readString(file)));
        } else {
            Files.writeString(file, key.privateKey().expose());
            Files.writeString(state.resolve("public-line"), key.publicLine());
        }
        try (S3Client s3 = server.client();
                var threads = Executors.newFixedThreadPool(16)) {
            List<Future<?>> all = new ArrayList<>();
            Optional<Sha256> previous = Optional.empty();
            byte[] inventory = new byte[0];
            for (int i = 0; i < count; i++) {
                if (i % SAME == 0) {
                    inventory = inventory(i / SAME);
                }
                BundleId id = new BundleId(START.plus(Duration.ofHours(i)));
                SignedSeal signed = SignedSeal.sign(seal(id, i + 1L, previous, inventory), key);
                previous = Optional.of(signed.sha256());
                var keys = new BundleKeys(id);
                byte[] list = inventory;
                all.add(threads.submit(() -> {
                    put(s3, bucket, keys.inventory().path(), list);
                    put(s3, bucket, keys.seal().path(), signed.bytes());
                    put(s3, bucket, keys.signature().path(), signed.signature().getBytes(StandardCharsets.US_ASCII));
                }));
            }
            int day = (count - 1) / SAME;
            for (int blob = 0; blob < BLOBS + day; blob++) {
                String path = BundleKeys.blob(name(blob)).path();
                all.add(threads.submit(() -> put(s3, bucket, path, new byte[100])));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the points could not be made: " + e.getCause(), e);
        }
    }

    private static void put(S3Client s3, String bucket, String path, byte[] bytes) {
        s3.putObject(r -> r.bucket(bucket).key(path), RequestBody.fromBytes(bytes));
    }

    private static BlobName name(int blob) {
        return new BlobName(
                Sha256.of(Integer.toString(blob).getBytes(StandardCharsets.US_ASCII)).hex());
    }

    /** Each day one blob goes and one comes. */
    private static byte[] inventory(int day) throws IOException {
        var sorted = new TreeMap<BlobName, InventoryLine>();
        for (int blob = day; blob < day + BLOBS; blob++) {
            BlobName name = name(blob);
            sorted.put(name, new InventoryLine(name, 100, Sha256.of(new byte[100])));
        }
        var bytes = new ByteArrayOutputStream();
        try (var lines = new InventoryWriter(bytes)) {
            for (InventoryLine each : sorted.values()) {
                lines.add(each);
            }
            lines.finish();
        }
        return bytes.toByteArray();
    }

    private static Seal seal(BundleId id, long sequence, Optional<Sha256> previous, byte[] inventory) {
        List<SealedObject> objects = new ArrayList<>();
        for (String each : List.of(Names.POSTGRES, Names.FORGEJO, Names.VAULT, Names.PULUMI_STATE, Names.OBJECTS, Names.MANIFEST)) {
            objects.add(new SealedObject(
                    each + Names.AGE,
                    1_000_000 + sequence,
                    Sha256.of((each + sequence).getBytes(StandardCharsets.US_ASCII)),
                    Map.of("bench", "null")));
        }
        for (String each : List.of(Names.CONFIGURATION, Names.VERSIONS)) {
            objects.add(new SealedObject(
                    each, 1000, Sha256.of(each.getBytes(StandardCharsets.US_ASCII)), Map.of("bench", "null")));
        }
        objects.add(new SealedObject(
                Names.INVENTORY, inventory.length, Sha256.of(inventory), Map.of("bench", "null")));
        return new Seal(
                INSTANCE,
                1,
                sequence,
                id,
                previous,
                List.of("age1" + "q".repeat(58)),
                Map.of("backupAgeIdentity", 1, "blobNameKey", 1, "sealSigningKey", 1, "vaultUnsealKeys", 1),
                Map.of("postgres", new Seal.Product("postgresql", "15.18"), "forgejo", new Seal.Product("gitea", "1.26.0")),
                List.of(),
                objects,
                new Seal.Blobs(BLOBS, 100L * BLOBS, 1, 100));
    }
}
