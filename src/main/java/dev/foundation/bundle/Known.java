package dev.foundation.bundle;

import dev.foundation.stream.Sha256;
import java.util.ArrayList;
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
        private static final long MOST = 1_000_000;

        public Range {
            if (first < 1 || last < first) {
                throw new IllegalArgumentException("not a range of sequences: " + first + " to " + last);
            }
        }

        /** Ranges as {@code 1-3,7-7}. @throws IllegalArgumentException if the text is none, or spans more than a million sequences */
        public static List<Range> parse(String text) {
            List<Range> ranges = new ArrayList<>();
            long all = 0;
            for (String each : text.split(",", -1)) {
                int dash = each.indexOf('-');
                if (dash < 1) {
                    throw new IllegalArgumentException("not a range of sequences: " + each);
                }
                Range range =
                        new Range(Long.parseLong(each.substring(0, dash)), Long.parseLong(each.substring(dash + 1)));
                all = Math.addExact(all, Math.addExact(range.last() - range.first(), 1));
                ranges.add(range);
            }
            if (all > MOST) {
                throw new IllegalArgumentException("more than " + MOST + " sequences at once");
            }
            return ranges;
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
