package dev.foundation.backup;

import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import java.util.Optional;

/** One place that a run writes to, until something is lost there: from then on the run goes on without it. Safe for many threads. */
final class Destination {
    private final ObjectStore store;
    private volatile Optional<StoreException> lost = Optional.empty();

    Destination(ObjectStore store) {
        this.store = store;
    }

    ObjectStore store() {
        return store;
    }

    String name() {
        return store.name();
    }

    boolean alive() {
        return lost.isEmpty();
    }

    Optional<StoreException> lost() {
        return lost;
    }

    /** The first loss is the reason. @return whether this was it */
    synchronized boolean lose(StoreException why) {
        boolean first = lost.isEmpty();
        if (first) {
            lost = Optional.of(why);
        }
        return first;
    }
}
