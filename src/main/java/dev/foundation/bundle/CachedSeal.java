package dev.foundation.bundle;

import dev.foundation.store.StoredObject;
import java.time.Instant;

/** A point's seal as it was read, with what the store said of the versions it was read from. Proves nothing by itself. */
final class CachedSeal {
    private final BundleId point;
    private final Stamp seal;
    private final Stamp signature;
    private final byte[] bytes;
    private final String signatureText;

    /** What a store says of a version: if any of it changes, the version is another. */
    record Stamp(String version, long size, Instant modified) {
        static Stamp of(StoredObject stored) {
            return new Stamp(stored.version(), stored.size(), stored.modified());
        }
    }

    CachedSeal(BundleId point, Stamp seal, Stamp signature, byte[] bytes, String signatureText) {
        this.point = point;
        this.seal = seal;
        this.signature = signature;
        this.bytes = bytes;
        this.signatureText = signatureText;
    }

    BundleId point() {
        return point;
    }

    Stamp seal() {
        return seal;
    }

    Stamp signature() {
        return signature;
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    String signatureText() {
        return signatureText;
    }
}
