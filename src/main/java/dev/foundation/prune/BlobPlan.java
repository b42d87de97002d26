package dev.foundation.prune;

import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BlobTable;
import java.util.BitSet;
import java.util.Optional;

/**
 * What happens to a store's blobs.
 *
 * @param suspended why no blob is collected now, nor marked
 * @param kept listed by a seal, too young to tell, or all of them while suspended
 * @param marked found in no seal, but not for long enough
 * @param removable found in no seal by two runs of pruning that lie apart
 * @param removableSize in bytes
 */
public record BlobPlan(Optional<String> suspended, int kept, int marked, int removable, long removableSize, Work work) {
    /**
     * What {@link Pruning#apply} needs.
     *
     * @param blobs of the store
     * @param rows those to remove
     * @param next what is marked from now on
     */
    record Work(BlobTable blobs, BitSet rows, Marks next) {
        Work {
            rows = (BitSet) rows.clone();
        }

        BlobName name(int row) {
            return blobs.name(row);
        }
    }
}
