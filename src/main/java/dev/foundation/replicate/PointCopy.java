package dev.foundation.replicate;

import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.PointWriter;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SealedObject;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Copies points to one target, one after the other: inventory, blobs, the other objects, and the seal last. */
final class PointCopy {
    private final ObjectStore target;
    private final TargetBlobs blobs;

    PointCopy(ObjectStore target) {
        this.target = target;
        this.blobs = new TargetBlobs(target);
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
    long copy(Sealed point, List<ObjectStore> sources, Optional<Sealed> neighbour)
            throws IOException, InterruptedException {
        Seal seal = point.seal();
        Set<String> there = there(seal);
        long sent = 0;
        Optional<SealedObject> inventory = seal.object(Names.INVENTORY);
        if (inventory.isPresent()) {
            sent += object(seal, inventory.get(), there, sources);
        }
        sent += blobs.complete(point.signed(), neighbour, sources);
        for (SealedObject each : seal.objects()) {
            if (!each.name().equals(Names.INVENTORY)) {
                sent += object(seal, each, there, sources);
            }
        }
        PointWriter.complete(target, point.signed());
        return sent;
    }

    /** What a copy that was stopped has left. */
    private Set<String> there(Seal seal) throws IOException, InterruptedException {
        Set<String> names = new HashSet<>();
        String prefix = seal.point() + "/";
        target.list(prefix, object -> names.add(object.key().path().substring(prefix.length())));
        for (String each : names) {
            if (seal.object(each).isEmpty() && !each.equals(Names.SEAL) && !each.equals(Names.SIGNATURE)) {
                throw inTheWay(prefix + each, "which the seal does not name");
            }
        }
        return names;
    }

    private long object(Seal seal, SealedObject object, Set<String> there, List<ObjectStore> sources)
            throws IOException, InterruptedException {
        ObjectKey key = new BundleKeys(seal.point()).object(object.name());
        if (!there.contains(object.name())) {
            new Transfer(key, object.size(), object.sha256()).run(sources, target, target::begin);
            return object.size();
        }
        if (SealedContent.find(target, key, object.size(), object.sha256()).isEmpty()) {
            throw inTheWay(key.path(), "with other bytes than the seal says");
        }
        return 0;
    }

    private NoSource inTheWay(String path, String why) {
        return new NoSource(path + " lies at " + target.name() + " (" + target.place() + "), " + why
                + ": an unsealed folder of another run is in the way. Look at it, then remove the folder by hand, or let"
                + " `./foundation prune` do it");
    }
}
