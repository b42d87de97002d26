package dev.foundation.artifact.buckets;

import dev.foundation.artifact.PlainSource;
import dev.foundation.artifact.RestoreMark;
import dev.foundation.bundle.BlobObject;
import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.ObjectsReader;
import dev.foundation.event.RunEvent;
import dev.foundation.objectstore.S3Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Brings the objects of {@code rustfs-blobs/objects.jsonl.zst} back into buckets that are there and empty, a few at a time. An object appears when its
 * blob was proved twice, as sealed by the inventory and as content by the list. Type and metadata come along, times and version ids do not. Its mark is
 * an object in a bucket of its own.
 */
public final class BucketsRestorer {
    private static final String STEP = "rustfs-blobs";
    private static final int AT_ONCE = 4;
    private static final Duration TOLD = Duration.ofSeconds(1);

    private final S3Access target;
    private final BlobBytes blobs;
    private final Consumer<RunEvent> events;

    /** @param target the server that gets the objects, as its administrator */
    public BucketsRestorer(S3Access target, BlobBytes blobs, Consumer<RunEvent> events) {
        this.target = target;
        this.blobs = blobs;
        this.events = events;
    }

    /**
     * What the buckets hold of the point.
     *
     * @param written how many of them this run had to write
     */
    public record Restored(long objects, long bytes, long written) {}

    private record Listed(long objects, long bytes) {}

    /**
     * @param list of the objects; read twice
     * @param inventory with digests
     * @param buckets that are brought back; objects of others are told and left out
     * @throws IOException before anything is changed, if a bucket is missing or holds something else, or the list is not whole; afterwards naming the
     *     object whose blob is missing or damaged, which then is not there
     */
    public Restored restore(RestoreMark mark, PlainSource list, BlobTable inventory, List<String> buckets)
            throws IOException, InterruptedException {
        Set<String> wanted = Set.copyOf(buckets);
        try (var server = new TargetBuckets(target)) {
            RestoreMark.Found found = mark.read(server.mark(), "the S3 server at " + target.endpoint());
            if (found == RestoreMark.Found.NOTHING) {
                for (String bucket : buckets) {
                    Optional<String> first = server.first(bucket);
                    if (first.isPresent()) {
                        throw RestoreMark.occupied("bucket " + bucket + " at " + target.endpoint(), first.get());
                    }
                }
            }
            Listed listed = check(list, inventory, wanted);
            if (found == RestoreMark.Found.FINISHED) {
                events.accept(new RunEvent.Noted("the buckets were restored from this point already"));
                return new Restored(listed.objects(), listed.bytes(), 0);
            }
            server.mark(mark.begun());
            long written = bring(server, list, inventory, wanted, listed, found == RestoreMark.Found.BEGUN);
            server.mark(mark.finished());
            return new Restored(listed.objects(), listed.bytes(), written);
        }
    }

    /** Takes one object of a list. */
    interface Each {
        void accept(BlobObject object) throws IOException, InterruptedException;
    }

    /** To the end, whose bytes are proved then. */
    static void read(PlainSource list, Each each) throws IOException, InterruptedException {
        try (InputStream plain = list.open();
                var reader = new ObjectsReader(unclosed(plain))) {
            for (Optional<BlobObject> next = reader.next(); next.isPresent(); next = reader.next()) {
                each.accept(next.get());
            }
            plain.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** The readers close their source, whose end still tells whether it was whole. */
    private static InputStream unclosed(InputStream plain) {
        return new java.io.FilterInputStream(plain) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return in.read(buffer, offset, length);
            }

            @Override
            public void close() {}
        };
    }

    private Listed check(PlainSource list, BlobTable inventory, Set<String> wanted)
            throws IOException, InterruptedException {
        long[] sums = new long[2];
        var others = new TreeMap<String, Long>();
        read(list, object -> {
            String words = object.key().text() + " of bucket " + object.bucket();
            if (!wanted.contains(object.bucket())) {
                others.merge(object.bucket(), 1L, Long::sum);
                return;
            }
            if (inventory.find(object.blob()) < 0) {
                throw new IOException("the blob of " + words + " is not in the point's inventory: nothing was restored."
                        + " Take another point");
            }
            if (object.key().base64()) {
                throw new IOException("the key of an object in bucket " + object.bucket() + " is no UTF-8 ("
                        + object.key().text() + " in base64): no S3 server takes it back");
            }
            sums[0]++;
            sums[1] += object.size();
        });
        others.forEach((bucket, count) -> events.accept(new RunEvent.Warned(count + " objects of bucket " + bucket
                + " are in the point and are not brought back: the bucket is none of this foundation's")));
        return new Listed(sums[0], sums[1]);
    }

    private long bring(
            TargetBuckets server,
            PlainSource list,
            BlobTable inventory,
            Set<String> wanted,
            Listed listed,
            boolean resumed)
            throws IOException, InterruptedException {
        events.accept(new RunEvent.Began(STEP));
        var written = new AtomicLong();
        var progress = new Progress(listed.bytes());
        try (var crew = new Crew(AT_ONCE)) {
            read(list, object -> {
                if (wanted.contains(object.bucket())) {
                    crew.submit(() -> {
                        if (!resumed || !server.has(object)) {
                            blobs.bring(object, inventory.line(inventory.find(object.blob())), server);
                            written.incrementAndGet();
                        }
                        progress.add(object.size());
                    });
                }
            });
            crew.finish();
        }
        return written.get();
    }

    /** Told at most once a second. */
    private final class Progress {
        private final long total;
        private final long begun = System.nanoTime();
        private long done;
        private long told = System.nanoTime();

        Progress(long total) {
            this.total = total;
        }

        synchronized void add(long bytes) {
            done += bytes;
            long now = System.nanoTime();
            if (now - told >= TOLD.toNanos()) {
                told = now;
                events.accept(new RunEvent.Advanced(STEP, done, total, Math.round(done * 1e9 / (now - begun))));
            }
        }
    }
}
