package dev.foundation.artifact.buckets;

import dev.foundation.artifact.PlainSource;
import dev.foundation.bundle.BlobObject;
import dev.foundation.bundle.BlobTable;
import dev.foundation.event.RunEvent;
import dev.foundation.objectstore.S3Access;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Brings objects of a point back into buckets that are in use. What differs from the point is first copied into a bucket beside, then written over; what is equal is
 * not written, and what the point does not have stays. {@link #look} comes first.
 */
public final class BucketSwap implements AutoCloseable {
    private static final int AT_ONCE = 4;
    private static final int LONGEST = 63;
    private static final Duration TOLD = Duration.ofSeconds(1);
    /** What one call can copy. */
    private static final long PIECE = 5L << 30;

    private final S3Access access;
    private final TargetBuckets server;
    private final Consumer<RunEvent> events;
    private final long piece;

    /** @param target the server that gets the objects, as its administrator */
    public BucketSwap(S3Access target, Consumer<RunEvent> events) {
        this(target, events, PIECE);
    }

    BucketSwap(S3Access target, Consumer<RunEvent> events, long piece) {
        this.access = target;
        this.server = new TargetBuckets(target);
        this.events = events;
        this.piece = piece;
    }

    /** An object of a bucket. */
    public record Place(String bucket, String key) {}

    /**
     * What would happen.
     *
     * @param changed objects of the point that are there with another content
     * @param made objects of the point that are not there
     * @param same how many are there as the point has them
     * @param newer how many are there that the point does not have
     */
    public record Look(List<BlobObject> changed, List<BlobObject> made, long same, long newer) {
        public Look {
            changed = List.copyOf(changed);
            made = List.copyOf(made);
        }

        public long bytes() {
            return changed.stream().mapToLong(BlobObject::size).sum()
                    + made.stream().mapToLong(BlobObject::size).sum();
        }

        /** The buckets of which something is kept. */
        public List<String> buckets() {
            return changed.stream().map(BlobObject::bucket).distinct().sorted().toList();
        }
    }

    /**
     * Compares the point with the server, content by content.
     *
     * @param bucket empty for all that the point has
     * @param prefix of keys; empty for all
     * @throws IOException if the point has nothing of the kind, or a bucket is not there
     */
    public Look look(PlainSource list, String bucket, String prefix) throws IOException, InterruptedException {
        List<BlobObject> wanted = new ArrayList<>();
        Map<String, Long> all = new TreeMap<>();
        BucketsRestorer.read(list, object -> {
            all.merge(object.bucket(), 1L, Long::sum);
            boolean inside = bucket.isEmpty() || object.bucket().equals(bucket);
            if (inside && !object.key().base64() && object.key().text().startsWith(prefix)) {
                wanted.add(object);
            }
        });
        if (wanted.isEmpty()) {
            String which = bucket.isEmpty() ? "no object of any bucket" : "no object " + bucket + "/" + prefix;
            throw new IOException("the point has " + which + "; it has the buckets "
                    + (all.isEmpty() ? "(none)" : String.join(", ", all.keySet())) + ". Nothing was touched");
        }
        Map<String, Map<String, Long>> there = new HashMap<>();
        for (String each : wanted.stream().map(BlobObject::bucket).distinct().toList()) {
            if (!server.exists(each)) {
                throw new IOException("there is no bucket " + each + " at " + access.endpoint()
                        + ": `./foundation up` makes the foundation's own. Nothing was touched");
            }
            there.put(each, server.keys(each, prefix));
        }
        List<BlobObject> changed = new ArrayList<>();
        List<BlobObject> made = new ArrayList<>();
        long same = 0;
        for (BlobObject each : wanted) {
            if (there.getOrDefault(each.bucket(), Map.of()).remove(each.key().text()) == null) {
                made.add(each);
            } else if (server.has(each)) {
                same++;
            } else {
                changed.add(each);
            }
        }
        long newer = there.values().stream().mapToLong(Map::size).sum();
        return new Look(changed, made, same, newer);
    }

    /** Reads every blob that is wanted, whole. @throws IOException naming the first that is missing or damaged */
    public void prove(Look look, BlobTable inventory, BlobBytes blobs) throws IOException, InterruptedException {
        each("check the blobs", look, object -> {
            if (inventory.find(object.blob()) < 0) {
                throw new IOException("the blob of " + object.key().text() + " of bucket " + object.bucket()
                        + " is not in the point's inventory. Nothing was touched. Take another point");
            }
            blobs.prove(object, inventory.line(inventory.find(object.blob())));
        });
    }

    /** The name of the bucket that keeps what is overwritten. @throws IOException if it would be none */
    public static String kept(String bucket, String stamp) throws IOException {
        String name = "before-" + stamp.toLowerCase(Locale.ROOT) + "-" + bucket;
        if (name.length() > LONGEST) {
            throw new IOException("bucket " + bucket + " has too long a name to keep what would be overwritten in "
                    + name + " (" + LONGEST + " characters at most). Nothing was touched");
        }
        return name;
    }

    /** Copies everything that would be overwritten. */
    public void save(Look look, String stamp) throws IOException, InterruptedException {
        for (String each : look.buckets()) {
            server.make(kept(each, stamp));
        }
        each(
                "keep what is overwritten",
                new Look(look.changed(), List.of(), 0, 0),
                object -> server.copy(object.bucket(), object.key().text(), kept(object.bucket(), stamp), piece));
    }

    public void bring(Look look, BlobTable inventory, BlobBytes blobs) throws IOException, InterruptedException {
        each(
                "rustfs-blobs",
                look,
                object -> blobs.bring(object, inventory.line(inventory.find(object.blob())), server));
    }

    /**
     * What was kept goes back, and what was made goes. May be done again.
     *
     * @param kept by bucket, the one that has what was overwritten
     * @param made what was not there before
     * @return how many objects went back or away
     */
    public long undo(Map<String, String> kept, List<Place> made) throws IOException {
        long count = 0;
        for (Map.Entry<String, String> each : kept.entrySet()) {
            for (String key : server.keys(each.getValue(), "").keySet()) {
                server.copy(each.getValue(), key, each.getKey(), piece);
                count++;
            }
        }
        for (Place each : made) {
            server.delete(each.bucket(), each.key());
            count++;
        }
        return count;
    }

    private void each(String step, Look look, BucketsRestorer.Each work) throws IOException, InterruptedException {
        events.accept(new RunEvent.Began(step));
        long begun = System.nanoTime();
        var done = new AtomicLong();
        var told = new AtomicLong(begun);
        try (var crew = new Crew(AT_ONCE)) {
            for (List<BlobObject> all : List.of(look.changed(), look.made())) {
                for (BlobObject object : all) {
                    crew.submit(() -> {
                        work.accept(object);
                        long bytes = done.addAndGet(object.size());
                        long now = System.nanoTime();
                        long last = told.get();
                        if (now - last >= TOLD.toNanos() && told.compareAndSet(last, now)) {
                            events.accept(new RunEvent.Advanced(
                                    step, bytes, look.bytes(), Math.round(bytes * 1e9 / (now - begun))));
                        }
                    });
                }
            }
            crew.finish();
        }
        events.accept(new RunEvent.Finished(step, done.get(), (System.nanoTime() - begun) / 1_000_000));
    }

    @Override
    public void close() {
        server.close();
    }
}
