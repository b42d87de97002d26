package dev.foundation.replicate;

import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.PointWriter;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Copies a point's own objects, not the blobs that it lists, to one target. Each is held against the seal on the way; what is there already too. */
public final class PointObjects {
    private final ObjectStore target;

    public PointObjects(ObjectStore target) {
        this.target = target;
    }

    /**
     * Every object, and then seal and signature. Goes on where a copy was stopped before.
     *
     * @param sources stores with this seal
     * @param done told after each object: bytes that are there by now
     * @return the bytes sent
     * @throws dev.foundation.store.StoreException if the target fails
     * @throws IOException if no source has an object as it was sealed, or something else lies at the target
     */
    public long copy(SignedSeal point, List<ObjectStore> sources, LongConsumer done)
            throws IOException, InterruptedException {
        Seal seal = point.seal();
        Set<String> there = there(seal);
        long sent = 0;
        long whole = 0;
        for (SealedObject each : seal.objects()) {
            sent += object(seal, each, there, sources);
            whole += each.size();
            done.accept(whole);
        }
        PointWriter.complete(target, point);
        return sent;
    }

    /** What a copy that was stopped has left. */
    Set<String> there(Seal seal) throws IOException, InterruptedException {
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

    /** @return the bytes sent: none if the object is there as it was sealed */
    long object(Seal seal, SealedObject object, Set<String> there, List<ObjectStore> sources)
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
