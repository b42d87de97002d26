package dev.foundation.verify;

import dev.foundation.bundle.BlobName;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The blobs of an inventory, in eight bytes a name: names are outputs of an HMAC, so that their first 64 bits tell them apart (two among ten million
 * are alike with a chance of one in 300,000).
 */
final class BlobSet {
    private long[] prefixes = new long[1024];
    private int count;
    private final BitSet seen = new BitSet();

    /** In the order of names. */
    void add(BlobName name) {
        if (count == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, Math.multiplyExact(count, 2));
        }
        prefixes[count++] = sortable(name);
    }

    /** Whether the name is in here; remembers that it was asked for. */
    boolean take(BlobName name) {
        int at = Arrays.binarySearch(prefixes, 0, count, sortable(name));
        if (at < 0) {
            return false;
        }
        seen.set(at);
        return true;
    }

    /** How many were never asked for. */
    int left() {
        return count - seen.cardinality();
    }

    int count() {
        return count;
    }

    /** Signed order is then that of the names. */
    private static long sortable(BlobName name) {
        return Long.parseUnsignedLong(name.hex(), 0, 16, 16) ^ Long.MIN_VALUE;
    }
}
