package dev.foundation.testing;

import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.artifact.buckets.SourceObject;
import dev.foundation.bundle.ObjectText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Buckets in memory, with versions; each object has its newest content whatever moment is asked for. */
public final class FakeBuckets implements BlobSource {
    private record Place(String bucket, String key) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int first = bucket.compareTo(other.bucket);
            return first == 0 ? key.compareTo(other.key) : first;
        }
    }

    private record Kept(SourceObject told, String content) {}

    private final NavigableMap<Place, Kept> objects = new TreeMap<>();
    private final AtomicInteger versions = new AtomicInteger();

    /** A new version of this object. */
    public synchronized void put(String bucket, String key, String content) {
        var told = new SourceObject(
                bucket,
                ObjectText.of(key),
                "v" + versions.incrementAndGet(),
                "\"etag\"",
                content.getBytes(StandardCharsets.UTF_8).length,
                Instant.parse("2026-11-20T00:00:00Z"));
        objects.put(new Place(bucket, key), new Kept(told, content));
    }

    public synchronized void remove(String bucket, String key) {
        objects.remove(new Place(bucket, key));
    }

    /** Names of the buckets that hold anything. */
    public synchronized List<String> buckets() {
        return objects.keySet().stream().map(Place::bucket).distinct().toList();
    }

    @Override
    public void list(String bucket, Instant moment, Visitor visitor) throws IOException, InterruptedException {
        List<SourceObject> found;
        synchronized (this) {
            found = objects.values().stream()
                    .map(Kept::told)
                    .filter(each -> each.bucket().equals(bucket))
                    .toList();
        }
        for (SourceObject each : found) {
            visitor.visit(each);
        }
    }

    @Override
    public synchronized Content open(SourceObject object) throws IOException {
        Kept kept = objects.get(new Place(object.bucket(), object.key().text()));
        if (kept == null || !kept.told().equals(object)) {
            throw new IOException(object.key().text() + " is gone");
        }
        return new Content(
                new ByteArrayInputStream(kept.content().getBytes(StandardCharsets.UTF_8)),
                "text/plain",
                Map.of("made", "by a test"));
    }

    @Override
    public void close() {}
}
