package dev.foundation.prune;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import java.util.Set;

/**
 * What pruning is told beside the store.
 *
 * @param known of the chain, from elsewhere
 * @param held points that a person exempted (S7)
 * @param verified points whose every byte was read and found whole
 * @param accepted suspicious points that a person found to be as they should
 * @param lastRunFailed the last run of the backup left no point
 */
public record Circumstances(
        Known known, Set<BundleId> held, Set<BundleId> verified, Set<BundleId> accepted, boolean lastRunFailed) {
    public Circumstances {
        accepted = Set.copyOf(accepted);
        held = Set.copyOf(held);
        verified = Set.copyOf(verified);
    }

    /** Where nobody accepted anything. */
    public Circumstances(Known known, Set<BundleId> held, Set<BundleId> verified, boolean lastRunFailed) {
        this(known, held, verified, Set.of(), lastRunFailed);
    }
}
