package dev.foundation.retention;

import dev.foundation.bundle.BundleId;
import java.time.Instant;
import java.util.Optional;

/** A point's folder as retention sees it. */
public sealed interface Candidate {
    BundleId id();

    /** Exempted by a person with {@code hold P} (S7). */
    boolean held();

    /**
     * A point whose seal and signature are good.
     *
     * @param sequence from the seal: what newest means (P2)
     * @param lockedUntil until when the store itself refuses to delete it
     * @param verified its content was read and found whole
     * @param suspicious its seal carries warnings, or it looks unlike the ones before it, and no person has accepted it since
     * @param failedRunAfter a run was begun after this point and left no point
     */
    record Point(
            BundleId id,
            long sequence,
            boolean held,
            Optional<Instant> lockedUntil,
            boolean verified,
            boolean suspicious,
            boolean failedRunAfter)
            implements Candidate {
        public Point {
            if (sequence < 0) {
                throw new IllegalArgumentException("the sequence of " + id + " is " + sequence + ": none is negative");
            }
        }
    }

    /** A folder without a good seal: a run under way, or what a broken one left. @param lastModified of its newest object, by the store's clock */
    record Unsealed(BundleId id, Instant lastModified, boolean held) implements Candidate {}
}
