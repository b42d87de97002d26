package dev.foundation.spec;

/** A memory limit in whole MiB, as Docker takes it. At least 64. */
public record Memory(int mebibytes) {
    public Memory {
        if (mebibytes < 64) {
            throw new IllegalArgumentException("memory of " + mebibytes + " MiB: at least 64Mi is needed");
        }
    }
}
