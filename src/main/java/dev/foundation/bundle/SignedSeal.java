package dev.foundation.bundle;

import dev.foundation.seal.SealException;
import dev.foundation.seal.SealKey;
import dev.foundation.seal.SealSignature;
import dev.foundation.stream.Sha256;
import java.util.List;

/** A seal with its signature: exists only where the signature was found good, or was just made. */
public final class SignedSeal {
    private final Seal seal;
    private final byte[] bytes;
    private final String signature;
    private final Sha256 sha256;

    private SignedSeal(Seal seal, byte[] bytes, String signature) {
        this.seal = seal;
        this.bytes = bytes.clone();
        this.signature = signature;
        this.sha256 = Sha256.of(bytes);
    }

    public static SignedSeal sign(Seal seal, SealKey key) {
        byte[] bytes = seal.bytes();
        return new SignedSeal(seal, bytes, SealSignature.sign(key, bytes));
    }

    /**
     * The signature first, then the content: nothing of an attacker's is parsed.
     *
     * @param publicLines the keys that may have signed: the current one and older generations
     * @param instance the foundation that the point must be of
     * @throws SealException if the signature does not hold
     * @throws BundleException if the content is no seal of this foundation that this program can read
     */
    public static SignedSeal check(byte[] bytes, String signature, List<String> publicLines, String instance)
            throws SealException, BundleException {
        String _ = SealSignature.verify(publicLines, bytes, signature);
        return known(bytes, signature, instance);
    }

    /** For content that is known to be genuine by another way than its signature. */
    static SignedSeal known(byte[] bytes, String signature, String instance) throws BundleException {
        Seal seal = Seal.parse(bytes);
        if (!seal.instance().equals(instance)) {
            throw new BundleException(
                    "the seal is of another foundation: its instance is " + seal.instance() + ", ours is " + instance);
        }
        return new SignedSeal(seal, bytes, signature);
    }

    public Seal seal() {
        return seal;
    }

    /** As signed, and as stored in {@code SEAL.json}. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** As stored in {@code SEAL.json.sig}. */
    public String signature() {
        return signature;
    }

    /** The digest of {@link #bytes}: what the next seal names as its previous. */
    public Sha256 sha256() {
        return sha256;
    }
}
