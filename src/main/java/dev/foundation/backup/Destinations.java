package dev.foundation.backup;

import dev.foundation.event.RunEvent;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.Outcome;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Tee;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The places that a run writes to, the local store first. */
final class Destinations {
    private final List<Destination> all;
    private final Consumer<RunEvent> events;

    Destinations(List<ObjectStore> stores, Consumer<RunEvent> events) {
        this.all = stores.stream().map(Destination::new).toList();
        this.events = events;
    }

    List<Destination> all() {
        return all;
    }

    List<Destination> alive() {
        return all.stream().filter(Destination::alive).toList();
    }

    /** Everything that a run writes is first read back here (P6). */
    Destination local() {
        return all.getFirst();
    }

    void lose(Destination destination, StoreException why) {
        if (destination.lose(why)) {
            events.accept(new RunEvent.Warned(destination.name() + " is lost to this run: " + why.getMessage()));
        }
    }

    /** Loses it for a reason that is no store's own word. */
    void lose(Destination destination, String why) {
        lose(destination, new StoreException(StoreException.Kind.OTHER, why, null));
    }

    /**
     * Writes one object to every place that is still there.
     *
     * @return by name of the place, what it kept; a place that failed is lost from now on
     * @throws IOException as the source threw it, or if no place is left
     */
    Map<String, StoredObject> write(ObjectKey key, InputStream source) throws IOException, InterruptedException {
        List<Destination> targets = alive();
        if (targets.isEmpty()) {
            throw new IOException("no destination is left: " + reasons());
        }
        Map<String, Outcome> outcomes =
                Tee.copy(source, key, targets.stream().map(Destination::store).toList());
        Map<String, StoredObject> kept = new LinkedHashMap<>();
        for (Destination each : targets) {
            switch (outcomes.get(each.name())) {
                case Outcome.Kept(var object) -> kept.put(each.name(), object);
                case Outcome.Lost(var why) -> lose(each, why);
                case null -> throw new IllegalStateException("no outcome for " + each.name());
            }
        }
        if (kept.isEmpty()) {
            throw new IOException("no destination is left: " + reasons());
        }
        return kept;
    }

    private String reasons() {
        return String.join(
                "; ",
                all.stream()
                        .flatMap(each -> each.lost().stream())
                        .map(StoreException::getMessage)
                        .toList());
    }

    /** Reads a version in full and holds it against what was sent (P6); else the place is lost. */
    void readBack(Destination from, StoredObject object, long size, Sha256 sha256) throws InterruptedException {
        try (var content = new Digesting(from.store().open(object.key(), object.version()))) {
            content.transferTo(java.io.OutputStream.nullOutputStream());
            if (content.size() != size || !content.sha256().equals(sha256)) {
                lose(
                        from,
                        object.key()
                                + " reads back differently from what was written: that store damages what it keeps");
            }
        } catch (StoreException e) {
            lose(from, e);
        } catch (IOException e) {
            lose(from, object.key() + " cannot be read back: " + e.getMessage());
        }
    }
}
