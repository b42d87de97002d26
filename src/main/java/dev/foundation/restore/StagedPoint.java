package dev.foundation.restore;

import dev.foundation.age.AgeException;
import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeKeys;
import dev.foundation.age.AgeOpener;
import dev.foundation.artifact.PlainSource;
import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.OpenedObject;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.secret.Secret;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.local.LocalStore;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A point whose own objects lie in a folder of this machine, as a store. It exists only where the signature holds, the point is of the foundation
 * asked for, and an identity opens its manifest, which agrees with the seal. Nothing is ever written there.
 */
public final class StagedPoint {
    private static final int MOST_MANIFEST = 16 << 20;
    private static final int MOST_SEAL = 64 << 20;

    private final ObjectStore store;
    private final BundleKeys keys;
    private final SignedSeal signed;
    private final Manifest manifest;
    private final AgeKeys ageKeys;

    private StagedPoint(ObjectStore store, BundleKeys keys, SignedSeal signed, Manifest manifest, AgeKeys ageKeys) {
        this.store = store;
        this.keys = keys;
        this.signed = signed;
        this.manifest = manifest;
        this.ageKeys = ageKeys;
    }

    /**
     * @param stage the folder
     * @param point such as {@code 20261121T030000Z}
     * @param sealPublicKeys whose seals are believed
     * @param instanceId the foundation that the point must be of
     * @param identities one line for each generation (K1)
     * @throws BundleException if it is no such point, or no identity opens it; says which
     */
    public static StagedPoint open(
            Path stage, String point, List<String> sealPublicKeys, String instanceId, Secret<String> identities)
            throws IOException, InterruptedException {
        return open(new LocalStore("the staged point", stage), point, sealPublicKeys, instanceId, identities);
    }

    /** As above, wherever the point lies. */
    public static StagedPoint open(
            ObjectStore store, String point, List<String> sealPublicKeys, String instanceId, Secret<String> identities)
            throws IOException, InterruptedException {
        BundleId id = id(point);
        BundleKeys keys = new BundleKeys(id);
        SignedSeal signed = SignedSeal.check(
                bytes(store.open(keys.seal()), MOST_SEAL),
                new String(bytes(store.open(keys.signature()), MOST_SEAL), StandardCharsets.US_ASCII),
                sealPublicKeys,
                instanceId);
        if (!signed.seal().point().equals(id)) {
            throw new BundleException("the seal in the folder " + point + " is that of the point "
                    + signed.seal().point() + ": somebody has moved it. Take another point");
        }
        List<Secret<String>> lines = AgeIdentity.lines(identities);
        AgeKeys ageKeys = AgeKeys.of(lines);
        Manifest manifest = manifest(store, keys, signed.seal(), ageKeys, lines);
        return new StagedPoint(store, keys, signed, manifest, ageKeys);
    }

    private static BundleId id(String point) throws BundleException {
        try {
            return BundleId.of(point);
        } catch (IllegalArgumentException e) {
            throw new BundleException("\"" + point + "\" is no point: write it as 20261121T030000Z");
        }
    }

    private static Manifest manifest(
            ObjectStore store, BundleKeys keys, Seal seal, AgeKeys ageKeys, List<Secret<String>> identities)
            throws IOException, InterruptedException {
        String name = Names.MANIFEST + Names.AGE;
        SealedObject object = seal.object(name)
                .orElseThrow(() -> new BundleException(
                        "the seal of " + seal.point() + " names no manifest: such a point cannot be restored"));
        byte[] sealed = bytes(store.open(keys.manifest()), MOST_MANIFEST);
        if (sealed.length != object.size() || !Sha256.of(sealed).equals(object.sha256())) {
            throw new BundleException(name + " of " + seal.point() + " is not what was sealed: take another copy");
        }
        try (InputStream plain = AgeOpener.open(new ByteArrayInputStream(sealed), ageKeys, 1)) {
            Manifest manifest = Manifest.parse(bytes(plain, MOST_MANIFEST));
            manifest.checkAgainst(seal);
            return manifest;
        } catch (AgeException e) {
            if (e.kind() != AgeException.Kind.NO_IDENTITY) {
                throw e;
            }
            throw new BundleException("the identity given does not open the point " + seal.point()
                    + ": it is sealed to "
                    + String.join(" and ", seal.recipients()) + ", the identity given is that of "
                    + String.join(" and ", AgeIdentity.recipients(identities))
                    + ". Take backupAgeIdentity of that generation from Pulumi.foundation.yaml, or from the kit");
        }
    }

    private static byte[] bytes(InputStream source, int most) throws IOException {
        try (source) {
            byte[] all = source.readNBytes(most + 1);
            if (all.length > most) {
                throw new BundleException("a seal or a manifest has more than " + most + " bytes: it is none");
            }
            return all;
        }
    }

    public Seal seal() {
        return signed.seal();
    }

    public SignedSeal signed() {
        return signed;
    }

    public Manifest manifest() {
        return manifest;
    }

    /** The store that the point lies in; to be read only. */
    public ObjectStore store() {
        return store;
    }

    /** What opens the point's blobs, too. */
    public AgeKeys ageKeys() {
        return ageKeys;
    }

    /** @param artifact as in R2.3, without {@code .age} @throws BundleException if the point has none of that name */
    public Manifest.Entry entry(String artifact) throws BundleException {
        return manifest.artifact(artifact)
                .orElseThrow(() -> new BundleException("the point " + seal().point() + " has no " + artifact
                        + ": it cannot be restored from it. Take another point"));
    }

    /**
     * Proves all sealed bytes of an artifact before the first plain one can be used, and again while they are read.
     *
     * @throws BundleException naming the artifact, if it is missing or one byte differs
     */
    public PlainSource artifact(String artifact) throws IOException, InterruptedException {
        Manifest.Entry entry = entry(artifact);
        SealedObject object = seal().object(artifact + Names.AGE)
                .orElseThrow(() -> new IllegalStateException("the manifest was held against the seal"));
        String what = object.name() + " of " + seal().point();
        OpenedObject.check(store.open(keys.artifact(artifact)), what, object);
        return () -> OpenedObject.open(store.open(keys.artifact(artifact)), what, object, entry.plain(), ageKeys);
    }
}
