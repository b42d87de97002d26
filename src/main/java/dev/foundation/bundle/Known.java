package dev.foundation.bundle;

import dev.foundation.stream.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * What the caller knows of the chain from elsewhere than the store, so that nothing can be taken away there unseen.
 *
 * @param sequence the highest one seen before; 0 for none
 * @param seal the digest of the seal with that sequence; empty only for none
 * @param removed sequences that were pruned, and so are not missing
 */
public record Known(long sequence, Optional<Sha256> seal, List<Range> removed) {
    /** Sequences from {@code first} to {@code last}, both included. */
    public record Range(long first, long last) {
        public Range {
            if (first < 1 || last < first) {
                throw new IllegalArgumentException("not a range of sequences: " + first + " to " + last);
            }
        }
    }

    public Known {
        removed = List.copyOf(removed);
        if (sequence < 0 || (sequence == 0) != seal.isEmpty()) {
            throw new IllegalArgumentException("the highest sequence seen comes with the digest of its seal");
        }
    }

    public static Known nothing() {
        return nothing(List.of());
    }

    public static Known nothing(List<Range> removed) {
        return new Known(0, Optional.empty(), removed);
    }
}
