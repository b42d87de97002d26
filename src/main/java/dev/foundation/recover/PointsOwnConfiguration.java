package dev.foundation.recover;

import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.seal.SealException;
import dev.foundation.seal.SealSignature;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The configuration out of a point, where the repository's is lost (K2). Whose points count is told by the seal's public key alone, which a person
 * brings from the recovery sheet: whoever can write to the store could otherwise feed a configuration of their own.
 */
public final class PointsOwnConfiguration {
    private static final int MOST = 4 << 20;

    private final ObjectStore store;
    private final String publicLine;

    /** @param publicLine {@code ssh-ed25519 AAAA...} */
    public PointsOwnConfiguration(ObjectStore store, String publicLine) {
        this.store = store;
        this.publicLine = publicLine;
    }

    /**
     * What a point has in clear.
     *
     * @param point the newest whose signature holds
     * @param configuration {@code Pulumi.foundation.yaml}; its secrets are encrypted
     * @param versions {@code VERSIONS}
     */
    public record Files(BundleId point, byte[] configuration, byte[] versions) {
        public Files {
            configuration = configuration.clone();
            versions = versions.clone();
        }

        @Override
        public byte[] configuration() {
            return configuration.clone();
        }

        @Override
        public byte[] versions() {
            return versions.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Files files
                    && point.equals(files.point)
                    && Arrays.equals(configuration, files.configuration)
                    && Arrays.equals(versions, files.versions);
        }

        @Override
        public int hashCode() {
            return point.hashCode();
        }
    }

    /** @throws NothingHolds if no point is signed by this key, or points of several foundations are */
    public Files read(Optional<BundleId> asked) throws IOException, InterruptedException {
        List<Seal> seals = new java.util.ArrayList<>();
        for (String folder : store.folders()) {
            Optional<BundleId> id = id(folder);
            if (id.isPresent() && (asked.isEmpty() || asked.equals(id))) {
                seal(id.get()).ifPresent(seals::add);
            }
        }
        var instances = new TreeSet<String>();
        seals.forEach(each -> instances.add(each.instance()));
        if (instances.size() != 1) {
            throw new NothingHolds(
                    instances.isEmpty()
                            ? "no point at " + store.place() + " is signed by this key: is it the line of the recovery"
                                    + " sheet (ssh-ed25519 AAAA...), and is this the place? Nothing was written"
                            : "points of " + instances.size() + " foundations at " + store.place()
                                    + " are signed by this key (" + String.join(", ", instances)
                                    + "): name one of their points with --point. Nothing was written",
                    List.of());
        }
        Seal newest = seals.stream()
                .max(Comparator.comparing(each -> each, Seal.ORDER))
                .orElseThrow();
        return new Files(newest.point(), object(newest, Names.CONFIGURATION), object(newest, Names.VERSIONS));
    }

    private static Optional<BundleId> id(String folder) {
        try {
            return Optional.of(BundleId.of(folder));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The oldest version counts (P2); the signature first, so that nothing of an attacker's is parsed. */
    private Optional<Seal> seal(BundleId id) throws IOException, InterruptedException {
        var keys = new BundleKeys(id);
        List<StoredObject> seals = store.versions(keys.seal());
        List<StoredObject> signatures = store.versions(keys.signature());
        if (seals.isEmpty() || signatures.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = bytes(keys.seal(), seals.getFirst().version());
        String signature =
                new String(bytes(keys.signature(), signatures.getFirst().version()), StandardCharsets.ISO_8859_1);
        try {
            String _ = SealSignature.verify(List.of(publicLine), bytes, signature);
            Seal seal = Seal.parse(bytes);
            return seal.point().equals(id) ? Optional.of(seal) : Optional.empty();
        } catch (SealException | BundleException e) {
            return Optional.empty(); // not ours
        }
    }

    private byte[] object(Seal seal, String name) throws IOException, InterruptedException {
        SealedObject sealed = seal.object(name)
                .orElseThrow(() -> new BundleException("the point " + seal.point() + " has no " + name));
        ObjectKey key = new BundleKeys(seal.point()).object(name);
        for (StoredObject each : store.versions(key)) {
            if (each.size() == sealed.size()) {
                byte[] bytes = bytes(key, each.version());
                if (Sha256.of(bytes).equals(sealed.sha256())) {
                    return bytes;
                }
            }
        }
        throw new BundleException(key + " at " + store.place()
                + " is missing, or not what the seal says: take an older point with --point. Nothing was written");
    }

    private byte[] bytes(ObjectKey key, String version) throws StoreException, InterruptedException {
        try (InputStream in = store.open(key, version)) {
            return in.readNBytes(MOST);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.TRANSIENT, "reading " + key + " at " + store.place() + " broke off", e);
        }
    }
}
