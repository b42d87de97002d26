package dev.foundation.backup;

import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The names of blobs that are taken in a store, whoever took them. A few are asked for one by one; for more, one listing answers, as of its moment.
 * No other run writes meanwhile (S6), and a name that is taken all the same is refused when it is written.
 */
final class TakenNames {
    /** A listing costs about as much as so many questions where the store holds some ten thousand blobs. */
    private static final int ONE_BY_ONE = 50;

    private final ObjectStore store;
    private int asked;
    private @Nullable BlobTable listed;

    TakenNames(ObjectStore store) {
        this.store = store;
    }

    boolean has(BlobName name) throws StoreException, InterruptedException {
        BlobTable all = all();
        return all != null
                ? all.find(name) >= 0
                : store.find(BundleKeys.blob(name)).isPresent();
    }

    private synchronized @Nullable BlobTable all() throws StoreException, InterruptedException {
        if (listed == null && ++asked > ONE_BY_ONE) {
            listed = BlobTable.of(store);
        }
        return listed;
    }
}
