package dev.foundation.testing;

import dev.foundation.age.AgeIdentity;
import dev.foundation.artifact.Artifact;
import dev.foundation.backup.BackupReport;
import dev.foundation.backup.BackupRun;
import dev.foundation.backup.History;
import dev.foundation.backup.Identity;
import dev.foundation.backup.Sources;
import dev.foundation.bundle.BlobNames;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.bundle.Trust;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.Secret;
import dev.foundation.store.ObjectStore;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * A foundation that is none, whose points are real: taken by {@link BackupRun} from tiny sources, signed, sealed to an age identity that is known here.
 * Points are an hour apart, each with another content; what is in the {@link #buckets} when one is taken is in it.
 *
 * <pre>{@code
 * var fixture = new PointFixture(folder, List.of(new MemoryStore("local")));
 * fixture.buckets().put("media", "a", "content");
 * SignedSeal point = fixture.take();
 * }</pre>
 */
public final class PointFixture {
    private static final String INSTANCE = "6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa";
    private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");

    private final Path knownBlobs;
    private final List<? extends ObjectStore> stores;
    private final AgeIdentity age;
    private final SealKey sealKey;
    private final BlobNames blobNames =
            new BlobNames(Secret.of(Base64.getEncoder().encodeToString(new byte[32])));
    private final FakeBuckets buckets = new FakeBuckets();
    private UnaryOperator<Artifact> spoiling = UnaryOperator.identity();
    private Known known = Known.nothing();
    private int taken;

    /**
     * @param folder where the run remembers the blobs that it has sent
     * @param stores the local one first
     */
    public PointFixture(Path folder, List<? extends ObjectStore> stores) {
        this(folder, stores, AgeIdentity.generate(), SealKey.generate(new SecureRandom()));
    }

    private PointFixture(Path folder, List<? extends ObjectStore> stores, AgeIdentity age, SealKey sealKey) {
        this.age = age;
        this.sealKey = sealKey;
        this.knownBlobs = folder.resolve("known-blobs");
        this.stores = List.copyOf(stores);
    }

    /** Writes down keys and chain, for {@link #resumed}. Not what is in the buckets. */
    public void save(Path file) throws IOException {
        var kept = new Properties();
        kept.setProperty("age", age.identity().expose());
        kept.setProperty("seal", sealKey.privateKey().expose());
        kept.setProperty("taken", String.valueOf(taken));
        kept.setProperty("sequence", String.valueOf(known.sequence()));
        kept.setProperty("last", known.seal().orElseThrow().hex());
        try (var out = Files.newBufferedWriter(file)) {
            kept.store(out, null);
        }
    }

    /** The same foundation, in another process or after one that was killed: it knows what was saved, and no more. */
    public static PointFixture resumed(Path saved, Path folder, List<? extends ObjectStore> stores) throws IOException {
        var kept = new Properties();
        try (var in = Files.newBufferedReader(saved)) {
            kept.load(in);
        }
        var fixture = new PointFixture(
                folder,
                stores,
                AgeIdentity.of(Secret.of(Objects.requireNonNull(kept.getProperty("age")))),
                SealKey.of(Secret.of(Objects.requireNonNull(kept.getProperty("seal")))));
        fixture.taken = Integer.parseInt(Objects.requireNonNull(kept.getProperty("taken")));
        fixture.known = new Known(
                Long.parseLong(Objects.requireNonNull(kept.getProperty("sequence"))),
                Optional.of(new Sha256(Objects.requireNonNull(kept.getProperty("last")))),
                List.of());
        return fixture;
    }

    /** As if so many more runs had begun: the next has a later name. */
    public PointFixture later(int runs) {
        taken += runs;
        return this;
    }

    /** Every artifact goes through this from now on: a producer that does something wrong. */
    public void spoil(UnaryOperator<Artifact> next) {
        spoiling = next;
    }

    /** The artifact with another content, and the facts of the first one. */
    public static Artifact withContent(Artifact artifact, byte[] content) {
        return TinyArtifacts.of(artifact.name(), content, artifact.facts());
    }

    /** The next point, at every store. @throws IllegalStateException unless the run says that it is complete */
    public SignedSeal take() throws InterruptedException {
        BackupReport report = run();
        if (report.verdict() != Verdict.COMPLETE) {
            throw new IllegalStateException(report.verdict() + " " + report.problems());
        }
        return report.seal().orElseThrow();
    }

    /** The next point, whatever comes of it. */
    public BackupReport run() throws InterruptedException {
        int mark = ++taken;
        BundleId id = new BundleId(START.plus(Duration.ofHours(mark)));
        BackupReport report = new BackupRun(
                        identity(),
                        List.copyOf(stores),
                        store -> SealCache.none(),
                        sources(mark),
                        id::moment,
                        2,
                        event -> {})
                .run(id, new History(known, List.of(), knownBlobs));
        report.seal()
                .ifPresent(seal -> known = new Known(seal.seal().sequence(), Optional.of(seal.sha256()), List.of()));
        return report;
    }

    private Identity identity() {
        return new Identity(
                List.of(age.recipient()),
                sealKey,
                blobNames,
                trust(),
                Map.of("backupAgeIdentity", 1, "sealSigningKey", 1, "blobNameKey", 1),
                Map.of(
                        "postgres",
                        new Seal.Product("postgresql", "15.18"),
                        "forgejo",
                        new Seal.Product("gitea", "1.26.0")));
    }

    private Sources sources(int mark) {
        return new Sources(
                Optional.of(rows -> new Sources.Dump(
                        spoiling.apply(TinyArtifacts.postgres(mark)),
                        () -> Optional.of(START.plus(Duration.ofHours(mark))))),
                List.of(
                        () -> spoiling.apply(TinyArtifacts.vault(mark)),
                        () -> spoiling.apply(TinyArtifacts.state(mark))),
                Optional.of(() -> spoiling.apply(TinyArtifacts.volume(mark))),
                List::of,
                Optional.of(buckets),
                buckets.buckets(),
                List.of(
                        () -> spoiling.apply(TinyArtifacts.configuration(mark)),
                        () -> spoiling.apply(TinyArtifacts.versions())),
                Map.of("foundation", "test"),
                List.of(new Manifest.Exclusion("logs", "a test has none")));
    }

    public FakeBuckets buckets() {
        return buckets;
    }

    public Trust trust() {
        return new Trust(INSTANCE, 1, List.of(sealKey.publicLine()));
    }

    /** The chain as the last point left it. */
    public Known known() {
        return known;
    }

    public SealKey sealKey() {
        return sealKey;
    }

    /** Opens every point. */
    public AgeIdentity age() {
        return age;
    }
}
