package dev.foundation.recover;

import dev.foundation.age.AgeException;
import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeOpener;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Proves on the staged point that each key opens what it must open, before anything is touched. The manifest is the identity's canary. */
public final class KeyProof {
    private static final int MOST = 64 << 20;

    private final ObjectStore stage;
    private final SignedSeal point;
    private final Secret<String> identity;

    /** @param identity {@code backupAgeIdentity}: a line for each generation */
    public KeyProof(ObjectStore stage, SignedSeal point, Secret<String> identity) {
        this.stage = stage;
        this.point = point;
        this.identity = identity;
    }

    /**
     * Opens the manifest and holds it against the seal.
     *
     * @throws WrongKey if the identity is none, or the point was sealed to others
     */
    public Manifest manifest() throws IOException, InterruptedException {
        List<String> mine;
        try {
            mine = AgeIdentity.recipients(AgeIdentity.lines(identity));
        } catch (IllegalArgumentException e) {
            throw new WrongKey(
                    WrongKey.Key.IDENTITY,
                    "foundation:backupAgeIdentity is no age identity (AGE-SECRET-KEY-1...): take Pulumi.foundation.yaml"
                            + " from the last commit, or give the identity of the recovery sheet. Nothing was touched.");
        }
        try (InputStream in = open(Names.MANIFEST)) {
            Manifest manifest = Manifest.parse(in.readNBytes(MOST));
            manifest.checkAgainst(point.seal());
            return manifest;
        } catch (AgeException e) {
            if (e.kind() != AgeException.Kind.NO_IDENTITY) {
                throw e;
            }
            throw new WrongKey(
                    WrongKey.Key.IDENTITY,
                    "foundation:backupAgeIdentity (of the recipient " + String.join(", ", mine) + ") does not open "
                            + point.seal().point() + ", which was sealed to "
                            + String.join(", ", point.seal().recipients())
                            + ": give the identity of one of these. Nothing was touched.");
        }
    }

    /** An artifact of the point, opened. @param name as in the manifest, without {@code .age} */
    public InputStream open(String name) throws IOException, InterruptedException {
        ObjectKey key = new BundleKeys(point.seal().point()).artifact(name);
        InputStream sealed = stage.open(key);
        boolean opened = false;
        try {
            InputStream plain = AgeOpener.open(sealed, AgeIdentity.lines(identity));
            opened = true;
            return plain;
        } finally {
            if (!opened) {
                sealed.close();
            }
        }
    }

    /** Whether the point has a Vault to prove keys on. */
    public boolean hasVault() {
        return point.seal().object(Names.VAULT + Names.AGE).isPresent();
    }

    /**
     * Restores the point's Vault into the scratch one and unseals it with the configuration's keys.
     *
     * @throws WrongKey if no generation of them opens it
     */
    public UnsealProof.Result unsealKeys(ScratchVault scratch, UnsealKeys keys)
            throws IOException, InterruptedException {
        int sealed = point.seal().keyGenerations().getOrDefault("vaultUnsealKeys", keys.generation());
        return new UnsealProof(scratch, point.seal().point().toString()).run(() -> open(Names.VAULT), keys, sealed);
    }
}
