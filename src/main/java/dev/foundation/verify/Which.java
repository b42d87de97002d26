package dev.foundation.verify;

import dev.foundation.bundle.BundleId;

/** Which points are looked at. */
public sealed interface Which {
    record One(BundleId point) implements Which {}

    /** The newest that any place has ({@link dev.foundation.bundle.Seal#ORDER}). */
    record Latest() implements Which {}

    record All() implements Which {}
}
