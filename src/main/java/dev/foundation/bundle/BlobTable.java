package dev.foundation.bundle;

import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.stream.Sha256;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Blobs by name in few bytes: 48 a blob, 80 with digests. Cannot be changed.
 *
 * <p>A row is found by its name's bytes; a name's digits sort as its bytes do.
 */
public final class BlobTable {
    private static final int WIDTH = 32;
    private static final BlobTable EMPTY = new BlobTable(new byte[0], new long[0], new long[0], new byte[0], 0);

    private final byte[] names;
    private final long[] sizes;
    private final long[] moments;
    private final byte[] digests;
    private final int count;

    private BlobTable(byte[] names, long[] sizes, long[] moments, byte[] digests, int count) {
        this.names = names;
        this.sizes = sizes;
        this.moments = moments;
        this.digests = digests;
        this.count = count;
    }

    public static BlobTable empty() {
        return EMPTY;
    }

    public int count() {
        return count;
    }

    /** Its row, or a negative number. */
    public int find(BlobName name) {
        byte[] wanted = HexFormat.of().parseHex(name.hex());
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(names, middle * WIDTH, (middle + 1) * WIDTH, wanted, 0, WIDTH);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    public BlobName name(int row) {
        return new BlobName(HexFormat.of().formatHex(names, row * WIDTH, (row + 1) * WIDTH));
    }

    public long size(int row) {
        return sizes[row];
    }

    /** Whatever the builder gave: milliseconds, or a number. */
    public long moment(int row) {
        return moments[row];
    }

    /** Whether exactly this blob is in the table. To be asked only of a table with digests. */
    public boolean has(InventoryLine line) {
        int row = find(line.name());
        return row >= 0
                && sizes[row] == line.size()
                && Arrays.equals(
                        digests,
                        row * WIDTH,
                        (row + 1) * WIDTH,
                        HexFormat.of().parseHex(line.sha256().hex()),
                        0,
                        WIDTH);
    }

    /** The blob in this row. To be asked only of a table with digests. */
    public InventoryLine line(int row) {
        return new InventoryLine(
                name(row), sizes[row], new Sha256(HexFormat.of().formatHex(digests, row * WIDTH, (row + 1) * WIDTH)));
    }

    /** Takes blobs in the order of their names. One thread at a time. */
    public static final class Builder {
        private byte[] names = new byte[64 * WIDTH];
        private long[] sizes = new long[64];
        private long[] moments = new long[64];
        private byte[] digests = new byte[0];
        private int count;

        /** @throws IllegalArgumentException if it does not come after the one before */
        public void add(BlobName name, long size, long moment) {
            if (count == sizes.length) {
                int more = Math.multiplyExact(count, 3) / 2;
                names = Arrays.copyOf(names, Math.multiplyExact(more, WIDTH));
                sizes = Arrays.copyOf(sizes, more);
                moments = Arrays.copyOf(moments, more);
            }
            byte[] bytes = HexFormat.of().parseHex(name.hex());
            int at = count * WIDTH;
            if (count > 0 && Arrays.compareUnsigned(names, at - WIDTH, at, bytes, 0, WIDTH) >= 0) {
                throw new IllegalArgumentException("blobs come by name, each once: " + name + " does not");
            }
            System.arraycopy(bytes, 0, names, at, WIDTH);
            sizes[count] = size;
            moments[count] = moment;
            count++;
        }

        public void add(InventoryLine line) {
            add(line.name(), line.size(), 0);
            if (digests.length < names.length) {
                digests = Arrays.copyOf(digests, names.length);
            }
            System.arraycopy(HexFormat.of().parseHex(line.sha256().hex()), 0, digests, (count - 1) * WIDTH, WIDTH);
        }

        /** The builder is spent after this. */
        public BlobTable build() {
            return new BlobTable(names, sizes, moments, digests, count);
        }
    }

    /**
     * Every blob that lies in a store: its size, and its last modification by the store's clock in milliseconds. Objects beside them that are no
     * blobs are left out.
     *
     * @throws StoreException if the store could not be asked, or lists out of order: never a short table
     */
    public static BlobTable of(ObjectStore store) throws StoreException, InterruptedException {
        var builder = new Builder();
        try {
            store.list(Names.BLOBS + "/", object -> {
                BlobName name;
                try {
                    name = BundleKeys.blobAt(object.key());
                } catch (IllegalArgumentException e) {
                    return; // nothing of ours
                }
                builder.add(name, object.size(), object.modified().toEpochMilli());
            });
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    StoreException.Kind.OTHER,
                    "list blobs in " + store.name() + " (" + store.place() + "): " + e.getMessage(),
                    e);
        }
        return builder.build();
    }
}
