package dev.foundation.replicate;

import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.PointWriter;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Copies points to one target, one after the other: inventory, blobs, the other objects, and the seal last. */
public final class PointCopy {
    private final ObjectStore target;
    private final TargetBlobs blobs;
    private final PointObjects objects;

    public PointCopy(ObjectStore target) {
        this.target = target;
        this.blobs = new TargetBlobs(target);
        this.objects = new PointObjects(target);
    }

    /**
     * Goes on where a copy was stopped before.
     *
     * @param sources stores with this seal
     * @param neighbour a point that is sealed at the target, the nearer the better
     * @return the bytes sent
     * @throws StoreException if the target fails
     * @throws IOException if this point cannot be copied; others may be
     */
    public long copy(Sealed point, List<ObjectStore> sources, Optional<Sealed> neighbour)
            throws IOException, InterruptedException {
        Seal seal = point.seal();
        Set<String> there = objects.there(seal);
        long sent = 0;
        Optional<SealedObject> inventory = seal.object(Names.INVENTORY);
        if (inventory.isPresent()) {
            sent += objects.object(seal, inventory.get(), there, sources);
        }
        sent += blobs.complete(point.signed(), neighbour, sources);
        for (SealedObject each : seal.objects()) {
            if (!each.name().equals(Names.INVENTORY)) {
                sent += objects.object(seal, each, there, sources);
            }
        }
        PointWriter.complete(target, point.signed());
        return sent;
    }
}
