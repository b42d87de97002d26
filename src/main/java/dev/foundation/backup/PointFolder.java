package dev.foundation.backup;

import dev.foundation.age.AgeSealer;
import dev.foundation.artifact.Artifact;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Manifest.Measure;
import dev.foundation.bundle.Names;
import dev.foundation.event.RunEvent;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoredObject;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The folder of the point that a run writes: each artifact in one pull from its source to every destination. No file in between, and nothing
 * is published of a source that fails.
 */
final class PointFolder {
    private static final Duration PROGRESS = Duration.ofMillis(500);

    private final BundleKeys keys;
    private final Destinations destinations;
    private final List<String> recipients;
    private final int workers;
    private final Consumer<RunEvent> events;

    PointFolder(
            BundleId id, Destinations destinations, List<String> recipients, int workers, Consumer<RunEvent> events) {
        this.keys = new BundleKeys(id);
        this.destinations = destinations;
        this.recipients = List.copyOf(recipients);
        this.workers = workers;
        this.events = events;
    }

    /** @param clear written as it is: only what is encrypted otherwise, or tells nothing (P3, K2) */
    Written write(Artifact artifact, boolean clear) throws IOException, InterruptedException {
        String name = artifact.name();
        long start = System.nanoTime();
        events.accept(new RunEvent.Began(name));
        try (artifact) {
            Digesting plain = new Digesting(new Meter(
                    artifact.content(),
                    PROGRESS,
                    System::nanoTime,
                    (total, rate, ended) -> events.accept(new RunEvent.Advanced(name, total, 0, rate))));
            InputStream sealing = clear ? plain : AgeSealer.seal(plain, recipients, workers);
            try (Digesting sealed = new Digesting(sealing)) {
                ObjectKey key = clear ? keys.object(name) : keys.artifact(name);
                Map<String, StoredObject> kept = destinations.write(key, sealed);
                Measure outer = new Measure(sealed.size(), sealed.sha256());
                Measure inner = clear ? outer : new Measure(plain.size(), plain.sha256());
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                events.accept(new RunEvent.Finished(name, outer.size(), took.toMillis()));
                return new Written(clear ? name : name + Names.AGE, name, inner, outer, artifact.facts(), took, kept);
            }
        }
    }
}
