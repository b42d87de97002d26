package dev.foundation.bundle;

import dev.foundation.seal.SealKey;
import dev.foundation.stream.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Seals of a foundation that is none. */
final class Samples {
    static final String INSTANCE = "6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa";
    static final String RECIPIENT = "age1" + "q".repeat(58);
    static final SealKey KEY = SealKey.generate(new SecureRandom());
    static final Trust TRUST = new Trust(INSTANCE, 1, List.of(KEY.publicLine()));
    private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");

    private Samples() {}

    /** Points are an hour apart. */
    static BundleId point(long sequence) {
        return new BundleId(START.plusSeconds(3600 * sequence));
    }

    static Seal seal(int epoch, long sequence, BundleId point, Optional<Sha256> previous) {
        return seal(INSTANCE, epoch, sequence, point, previous, object("postgres.sql.gz.age"), object("VERSIONS"));
    }

    static Seal seal(
            String instance,
            int epoch,
            long sequence,
            BundleId point,
            Optional<Sha256> previous,
            SealedObject... objects) {
        return new Seal(
                instance,
                epoch,
                sequence,
                point,
                previous,
                List.of(RECIPIENT),
                Map.of("backupAgeIdentity", 1, "sealSigningKey", 1, "blobNameKey", 1, "vaultUnsealKeys", 2),
                Map.of(
                        "postgres",
                        new Seal.Product("postgresql", "15.14"),
                        "forgejo",
                        new Seal.Product("gitea", "1.26.0")),
                List.of(),
                List.of(objects),
                new Seal.Blobs(3, 900, 1, 300));
    }

    static SealedObject object(String name) {
        return new SealedObject(
                name, 7, Sha256.of(name.getBytes(StandardCharsets.UTF_8)), Map.of("local", "v1", "off-site", "null"));
    }

    /** A chain of seals of epoch 1, from sequence 1. */
    static List<SignedSeal> chain(int length) {
        List<SignedSeal> all = new ArrayList<>();
        Optional<Sha256> previous = Optional.empty();
        for (int i = 1; i <= length; i++) {
            SignedSeal signed = SignedSeal.sign(seal(1, i, point(i), previous), KEY);
            all.add(signed);
            previous = Optional.of(signed.sha256());
        }
        return all;
    }

    static FakeStore store(List<SignedSeal> points) throws Exception {
        var store = new FakeStore();
        for (SignedSeal each : points) {
            PointWriter.seal(store, each);
        }
        return store;
    }
}
