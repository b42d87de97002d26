package dev.foundation.backup;

import dev.foundation.age.AgeSealer;
import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.artifact.buckets.SourceObject;
import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BlobNames;
import dev.foundation.bundle.BlobObject;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.InventoryLine;
import dev.foundation.bundle.InventoryWriter;
import dev.foundation.bundle.ObjectsWriter;
import dev.foundation.bundle.Seal.Blobs;
import dev.foundation.event.RunEvent;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The objects of all buckets as of one moment: those that are new are sealed and sent, all are listed (P3). What an object is called in the stores
 * follows from what identifies it, so cost follows what changed.
 */
final class BlobRun {
    /** Small objects on their way side by side: they wait for the network, not for a core. */
    private static final int AT_ONCE = 8;
    /** A large one takes the place of several, as each upload has its buffers. */
    private static final int LARGE = 4;

    private static final long SMALL = 1 << 20;

    private static final int TRIES = 3;

    private final BlobSource source;
    private final BlobNames names;
    private final KnownBlobs known;
    private final Destinations destinations;
    private final Set<String> whole;
    private final List<String> recipients;
    private final Consumer<RunEvent> events;
    private final Map<String, TakenNames> taken;
    private final Map<BlobName, KnownBlob> listed = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final ByteArrayOutputStream objects = new ByteArrayOutputStream();
    private final AtomicLong newCount = new AtomicLong();
    private final AtomicLong newSize = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong saved = new AtomicLong();

    /** @param whole names of the places that are known to have every known blob */
    BlobRun(
            BlobSource source,
            BlobNames names,
            KnownBlobs known,
            Destinations destinations,
            Set<String> whole,
            List<String> recipients,
            Consumer<RunEvent> events) {
        this.source = source;
        this.names = names;
        this.known = known;
        this.destinations = destinations;
        this.whole = Set.copyOf(whole);
        this.recipients = List.copyOf(recipients);
        this.events = events;
        this.taken = destinations.all().stream()
                .collect(Collectors.toMap(Destination::name, each -> new TakenNames(each.store())));
    }

    /**
     * What became of it.
     *
     * @param objects the file {@code objects.jsonl.zst}
     * @param inventory the file {@code inventory.txt.zst}
     * @param counts objects by bucket
     * @param sent sealed bytes sent, over all places together
     * @param saved sealed bytes that were there already
     */
    record Result(
            byte[] objects,
            byte[] inventory,
            Blobs blobs,
            Map<String, Long> counts,
            List<KnownBlob> all,
            long sent,
            long saved) {}

    /** @param each sees every object, for the cross-check; called by one thread at a time */
    Result run(List<String> buckets, Instant moment, Consumer<SourceObject> each)
            throws IOException, InterruptedException {
        events.accept(new RunEvent.Began("rustfs-blobs"));
        long start = System.nanoTime();
        try (ObjectsWriter lines = new ObjectsWriter(objects)) {
            for (String bucket : buckets) {
                counts.put(bucket, 0L);
                bucket(bucket, moment, each, lines);
            }
            lines.finish();
        }
        var inventory = new ByteArrayOutputStream();
        long size;
        try (InventoryWriter lines = new InventoryWriter(inventory)) {
            for (KnownBlob blob : listed.values().stream()
                    .sorted(java.util.Comparator.comparing(KnownBlob::name))
                    .toList()) {
                lines.add(new InventoryLine(blob.name(), blob.sealedSize(), blob.sealed()));
            }
            lines.finish();
            size = lines.size();
        }
        events.accept(new RunEvent.Finished(
                "rustfs-blobs",
                sent.get(),
                java.time.Duration.ofNanos(System.nanoTime() - start).toMillis()));
        return new Result(
                objects.toByteArray(),
                inventory.toByteArray(),
                new Blobs(listed.size(), size, newCount.get(), newSize.get()),
                Map.copyOf(counts),
                List.copyOf(listed.values()),
                sent.get(),
                saved.get());
    }

    private void bucket(String bucket, Instant moment, Consumer<SourceObject> each, ObjectsWriter lines)
            throws IOException, InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        try {
            source.list(bucket, moment, object -> {
                check(failure);
                each.accept(object);
                counts.merge(bucket, 1L, Long::sum);
                Optional<KnownBlob> before = reusable(object);
                if (before.isPresent()) {
                    saved.addAndGet(before.get().sealedSize());
                    take(object, before.get(), lines);
                    return;
                }
                int weight = object.size() <= SMALL ? 1 : LARGE;
                places.acquire(weight);
                threads.removeIf(thread -> !thread.isAlive());
                threads.add(Thread.ofVirtual().name("blob").start(() -> {
                    try {
                        take(object, send(object), lines);
                    } catch (IOException | RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                    } catch (InterruptedException e) {
                        failure.compareAndSet(null, new IOException("interrupted", e));
                    } finally {
                        places.release(weight);
                    }
                }));
            });
            for (Thread thread : threads) {
                thread.join();
            }
            check(failure);
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    private static void check(AtomicReference<@Nullable Throwable> failure) throws IOException {
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("only these are kept");
        }
    }

    private synchronized void take(SourceObject object, KnownBlob blob, ObjectsWriter lines) throws IOException {
        listed.put(blob.name(), blob);
        lines.add(new BlobObject(
                object.bucket(),
                object.key(),
                object.version(),
                object.size(),
                blob.plain(),
                blob.contentType(),
                blob.metadata(),
                object.modified(),
                blob.name()));
    }

    /** A blob that every place has that still takes part. */
    private Optional<KnownBlob> reusable(SourceObject object) throws InterruptedException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<KnownBlob> found = known.find(name(object, attempt));
            if (found.isPresent()) {
                for (Destination each : destinations.alive()) {
                    boolean listed = known.listed(found.get().name()) && whole.contains(each.name());
                    if (!listed && !has(each, found.get())) {
                        return Optional.empty();
                    }
                }
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean has(Destination place, KnownBlob blob) throws InterruptedException {
        try {
            return place.store()
                    .find(BundleKeys.blob(blob.name()))
                    .filter(there -> there.size() == blob.sealedSize())
                    .isPresent();
        } catch (StoreException e) {
            destinations.lose(place, e);
            return true; // it takes part no longer
        }
    }

    /**
     * A name that is taken is the work of a run that was stopped: what lies there has another seal than anything made now, and without the private key
     * nobody can say whether it is whole. So the next name is taken, and pruning collects the other.
     */
    private BlobName name(SourceObject object, int attempt) {
        String suffix = attempt == 0 ? "" : "#" + attempt;
        return object.versioned()
                ? names.versioned(object.bucket(), object.key(), object.version() + suffix)
                : names.unversioned(
                        object.bucket(), object.key(), object.etag() + suffix, object.size(), object.modified());
    }

    private KnownBlob send(SourceObject object) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            BlobName name = name(object, attempt);
            if (known.find(name).isPresent() || isTaken(name)) {
                continue;
            }
            BlobSource.Content content = source.open(object);
            Digesting plain = new Digesting(content.stream());
            try (Digesting sealed = new Digesting(AgeSealer.seal(plain, recipients, 1))) {
                Map<String, StoredObject> kept = destinations.write(BundleKeys.blob(name), sealed);
                if (plain.size() != object.size()) {
                    throw new IOException("an object of bucket " + object.bucket() + " has " + plain.size()
                            + " bytes, its listing says " + object.size());
                }
                Sha256 digest = sealed.sha256(); // can be asked for once
                StoredObject local = kept.get(destinations.local().name());
                if (local != null) {
                    destinations.readBack(destinations.local(), local, sealed.size(), digest);
                }
                var blob = new KnownBlob(
                        name, sealed.size(), digest, plain.sha256(), content.contentType(), content.metadata());
                newCount.incrementAndGet();
                newSize.addAndGet(sealed.size());
                long total = sent.addAndGet(sealed.size() * kept.size());
                if (destinations.alive().size() == destinations.all().size()) {
                    known.add(blob);
                }
                events.accept(new RunEvent.Advanced("rustfs-blobs", total, 0, 0));
                return blob;
            }
        }
        throw new IOException("no free name for an object of bucket " + object.bucket() + " after " + TRIES
                + " tries: runs were stopped too often; `./foundation prune --apply` collects what they left");
    }

    private boolean isTaken(BlobName name) throws InterruptedException {
        for (Destination each : destinations.alive()) {
            try {
                if (Objects.requireNonNull(taken.get(each.name())).has(name)) {
                    return true;
                }
            } catch (StoreException e) {
                destinations.lose(each, e);
            }
        }
        return false;
    }
}
