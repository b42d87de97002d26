package dev.foundation.replicate;

import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.InventoryLine;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.stream.Lanes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The blobs of one target. That a name is taken there proves nothing: a run that was stopped may have left another seal's bytes under it. So a blob
 * counts as there if a point that is sealed there lists exactly it; any other that bears its name is read.
 */
final class TargetBlobs {
    private static final int BATCH = 256;
    private static final int AT_ONCE = 8;

    private final ObjectStore target;
    private @Nullable BlobTable listing;
    private BlobTable vouched = BlobTable.empty();
    /** The vouching point was copied by this run: everything in it was seen just now. */
    private boolean fresh;

    private boolean begun;

    TargetBlobs(ObjectStore target) {
        this.target = target;
    }

    /**
     * Sends what the target lacks of a point's blobs. The point's inventory is at the target already.
     *
     * @param neighbour a point that is sealed at the target
     * @return the bytes sent
     */
    long complete(SignedSeal point, Optional<Sealed> neighbour, List<ObjectStore> sources)
            throws IOException, InterruptedException {
        if (point.seal().blobs().count() == 0) {
            return 0;
        }
        BlobTable there = listing;
        if (there == null) {
            // After the point's folder was begun: pruning beside us sees that, and collects nothing.
            there = BlobTable.of(target);
            listing = there;
        }
        if (!begun && neighbour.isPresent()) {
            vouched = vouchedBy(neighbour.get());
        }
        begun = true;
        BlobTable known = there;
        var next = new BlobTable.Builder();
        var sent = new AtomicLong();
        List<Lanes.Task<Boolean>> batch = new ArrayList<>();
        SealedContent.inventory(target, point, line -> {
            next.add(line);
            if (!vouched.has(line) || (!fresh && !listed(known, line))) {
                batch.add(() -> ensure(line, known, sources, sent));
            }
            if (batch.size() == BATCH) {
                Lanes.run(batch, AT_ONCE);
                batch.clear();
            }
        });
        Lanes.run(batch, AT_ONCE);
        vouched = next.build();
        fresh = true;
        return sent.get();
    }

    private static boolean listed(BlobTable there, InventoryLine line) {
        int row = there.find(line.name());
        return row >= 0 && there.size(row) == line.size();
    }

    private BlobTable vouchedBy(Sealed neighbour) throws IOException, InterruptedException {
        var table = new BlobTable.Builder();
        try {
            SealedContent.inventory(target, neighbour.signed(), table::add);
            return table.build();
        } catch (BundleException e) {
            return BlobTable.empty(); // it vouches for nothing then: what is there is read
        }
    }

    private boolean ensure(InventoryLine line, BlobTable there, List<ObjectStore> sources, AtomicLong sent)
            throws IOException, InterruptedException {
        ObjectKey key = BundleKeys.blob(line.name());
        var transfer = new Transfer(key, line.size(), line.sha256());
        if (there.find(line.name()) < 0) {
            try {
                transfer.run(sources, target, target::begin);
                sent.addAndGet(line.size());
                return true;
            } catch (StoreException e) {
                if (e.kind() != Kind.EXISTS) {
                    throw e;
                } // sent before for a point that could not be ended, or by someone else
            }
        }
        if (SealedContent.find(target, key, line.size(), line.sha256()).isPresent()) {
            return false;
        }
        if (!target.traits().versioned()) {
            throw new NoSource(
                    key + " at " + target.place()
                            + " is taken by other bytes, and nothing is ever written over: remove it by hand, then replicate again");
        }
        transfer.run(sources, target, target::again);
        sent.addAndGet(line.size());
        return true;
    }
}
