package dev.foundation.replicate;

import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.InventoryLine;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SealedObject;
import dev.foundation.event.RunEvent;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reads what one store holds of its sealed points, and mends it from the others. */
final class Mending {
    private final ObjectStore target;
    private final Consumer<RunEvent> events;
    private final List<String> problems;
    /** The blobs of the point before: looked at already. */
    private BlobTable seen = BlobTable.empty();

    Mending(ObjectStore target, Consumer<RunEvent> events, List<String> problems) {
        this.target = target;
        this.events = events;
        this.problems = problems;
    }

    /** @return the bytes written */
    long mend(Sealed point, List<ObjectStore> sources) throws InterruptedException {
        long bytes = 0;
        for (SealedObject each : point.seal().objects()) {
            bytes += object(new BundleKeys(point.id()).object(each.name()), each.size(), each.sha256(), sources);
        }
        long[] blobs = {0};
        var table = new BlobTable.Builder();
        try {
            SealedContent.inventory(target, point.signed(), line -> {
                table.add(line);
                blobs[0] += blob(line, sources);
            });
            seen = table.build();
        } catch (IOException e) {
            problem("the blobs of " + point.id() + " at " + target.name() + " were not looked at: " + e.getMessage());
        }
        return bytes + blobs[0];
    }

    private long blob(InventoryLine line, List<ObjectStore> sources) throws InterruptedException {
        return seen.has(line) ? 0 : object(BundleKeys.blob(line.name()), line.size(), line.sha256(), sources);
    }

    private long object(ObjectKey key, long size, Sha256 sha256, List<ObjectStore> sources)
            throws InterruptedException {
        try {
            if (SealedContent.find(target, key, size, sha256).isPresent()) {
                return 0;
            }
            boolean missing = target.versions(key).isEmpty();
            if (!missing && !target.traits().versioned()) {
                problem(key + " is damaged at " + target.name() + " (" + target.place()
                        + "), and nothing is ever written over there: remove it by hand, then repair again");
                return 0;
            }
            new Transfer(key, size, sha256).run(sources, target, missing ? target::begin : target::again);
            events.accept(new RunEvent.Noted(key + " was " + (missing ? "missing" : "damaged") + " at " + target.name()
                    + ", and is whole again"));
            return size;
        } catch (StoreException e) {
            problem(key + " at " + target.name() + " could not be looked at or mended: " + e.getMessage());
        } catch (NoSource e) {
            problem(key + " is damaged or missing at " + target.name() + ", and " + e.getMessage());
        }
        return 0;
    }

    private void problem(String sentence) {
        problems.add(sentence);
        events.accept(new RunEvent.Warned(sentence));
    }
}
