package dev.foundation.backup;

import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One place that a run writes to, until something is lost there: from then on the run goes on without it. Safe for many threads. */
final class Destination {
    private final ObjectStore store;
    private final AtomicReference<Optional<StoreException>> lost = new AtomicReference<>(Optional.empty());

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
        return lost.get().isEmpty();
    }

    Optional<StoreException> lost() {
        return lost.get();
    }

    /** The first loss is the reason. @return whether this was it */
    boolean lose(StoreException why) {
        return lost.compareAndSet(Optional.empty(), Optional.of(why));
    }
}
