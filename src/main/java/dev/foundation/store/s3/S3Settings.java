package dev.foundation.store.s3;

import java.time.Duration;

/**
 * How to talk to a bucket. Memory of one upload: at most {@code partsInFlight + 1} parts.
 *
 * @param pathStyle the bucket in the path ({@code host/bucket/key}), as self-hosted servers want it; else in the host name
 * @param partBytes the size of a multipart upload's first parts (at least 5 MiB on most servers), and the largest object sent in one piece
 * @param partsInFlight parts of one upload that are sent side by side
 * @param timeout for one answer, and between two bytes of one
 * @param tries of each request, the first included, where trying again may help
 */
public record S3Settings(
        boolean pathStyle,
        Integrity integrity,
        LockMode lockMode,
        int partBytes,
        int partsInFlight,
        Duration timeout,
        int tries) {
    /** What lets the server see that a part arrived as it was sent. */
    public enum Integrity {
        /** S3's checksum header; the server keeps it, and it is compared again after completion. */
        SHA256,
        /** {@code Content-MD5}, for servers that refuse checksum headers. */
        MD5
    }

    /** How {@link S3Store#lock} holds a version. */
    public enum LockMode {
        /** Who has the right to bypass it can; the bucket's owner keeps a way out. */
        GOVERNANCE,
        /** Nobody can delete it before its time, or shorten it. */
        COMPLIANCE
    }

    public S3Settings {
        if (partBytes < 1 || partsInFlight < 1 || tries < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("part size, parts in flight, tries and timeout are above zero");
        }
    }

    /** SHA-256, governance, 8 MiB, three parts in flight, two minutes, six tries. */
    public static S3Settings usual(boolean pathStyle) {
        return new S3Settings(pathStyle, Integrity.SHA256, LockMode.GOVERNANCE, 8 << 20, 3, Duration.ofMinutes(2), 6);
    }

    public S3Settings with(Integrity other) {
        return new S3Settings(pathStyle, other, lockMode, partBytes, partsInFlight, timeout, tries);
    }

    public S3Settings with(LockMode other) {
        return new S3Settings(pathStyle, integrity, other, partBytes, partsInFlight, timeout, tries);
    }

    /** For less memory or more speed. */
    public S3Settings with(int otherPartBytes, int otherPartsInFlight) {
        return new S3Settings(pathStyle, integrity, lockMode, otherPartBytes, otherPartsInFlight, timeout, tries);
    }

    public S3Settings with(Duration otherTimeout, int otherTries) {
        return new S3Settings(pathStyle, integrity, lockMode, partBytes, partsInFlight, otherTimeout, otherTries);
    }
}
