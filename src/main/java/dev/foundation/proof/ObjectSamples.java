package dev.foundation.proof;

import dev.foundation.bundle.BlobObject;
import dev.foundation.bundle.ObjectsReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Known objects of each bucket: the first, the last, the largest, the newest, and some by chance.
 *
 * @param listed how many objects the point lists, by bucket
 */
public record ObjectSamples(Map<String, Long> listed, List<BlobObject> chosen) {
    public ObjectSamples {
        listed = Map.copyOf(listed);
        chosen = List.copyOf(chosen);
    }

    /** Of one bucket, while its lines go by. */
    private static final class Bucket {
        private long count;
        private final List<BlobObject> byChance = new ArrayList<>();
        private Optional<BlobObject> first = Optional.empty();
        private Optional<BlobObject> last = Optional.empty();
        private Optional<BlobObject> largest = Optional.empty();
        private Optional<BlobObject> newest = Optional.empty();

        void take(BlobObject object, int random, RandomGenerator generator) {
            count++;
            first = first.or(() -> Optional.of(object));
            last = Optional.of(object);
            if (largest.isEmpty() || object.size() > largest.get().size()) {
                largest = last;
            }
            if (newest.isEmpty() || object.modified().isAfter(newest.get().modified())) {
                newest = last;
            }
            // A reservoir: each object has the same chance, and nobody needs to know how many come.
            if (byChance.size() < random) {
                byChance.add(object);
            } else {
                long at = generator.nextLong(count);
                if (at < random) {
                    byChance.set((int) at, object);
                }
            }
        }

        SequencedSet<BlobObject> all() {
            SequencedSet<BlobObject> all = new LinkedHashSet<>();
            List.of(first, last, largest, newest).forEach(each -> each.ifPresent(all::add));
            all.addAll(byChance);
            return all;
        }
    }

    /**
     * Reads the point's objects to their end. The same seed chooses the same objects.
     *
     * @param byChance at most so many of each bucket
     */
    public static ObjectSamples choose(ObjectsReader objects, int byChance, RandomGenerator seeded) throws IOException {
        Map<String, Bucket> buckets = new TreeMap<>();
        for (Optional<BlobObject> each = objects.next(); each.isPresent(); each = objects.next()) {
            buckets.computeIfAbsent(each.get().bucket(), name -> new Bucket()).take(each.get(), byChance, seeded);
        }
        Map<String, Long> listed = new TreeMap<>();
        List<BlobObject> chosen = new ArrayList<>();
        buckets.forEach((name, bucket) -> {
            listed.put(name, bucket.count);
            chosen.addAll(bucket.all());
        });
        return new ObjectSamples(listed, chosen);
    }
}
