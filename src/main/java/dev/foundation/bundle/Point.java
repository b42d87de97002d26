package dev.foundation.bundle;

/** A folder of a store that bears a point's name: what it was found to be. */
public sealed interface Point {
    BundleId id();

    /** A recovery point: signed by us, of this foundation, under its own name. That its objects are there and whole is another check. */
    record Sealed(BundleId id, SignedSeal signed) implements Point {
        public Seal seal() {
            return signed.seal();
        }
    }

    /** No point: seal or signature are missing. A run is writing it, or was stopped. */
    record Unsealed(BundleId id, String reason) implements Point {}

    /** No point, and something is wrong: never to be restored, nor removed without a person's look. */
    record Refused(BundleId id, String reason) implements Point {}
}
