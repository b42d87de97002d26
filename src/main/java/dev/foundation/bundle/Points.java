package dev.foundation.bundle;

import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.PointReader.Reading;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.stream.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Says what points a store holds, trusting nothing that the store says: every seal is proved, then all are held against each other (P1, P2). Safe for
 * many threads, as far as the cache's file has one writer.
 *
 * <p>With a cache, a listing asks for the folders, reads what is new, and asks again for the versions of the seals of the {@value #NEWEST} newest
 * points and of {@value #SAMPLE} others by chance. Everything kept is proved again: by its signature, or because a seal that was proved names its
 * digest. So a changed cache or a forged point is never believed. What such a listing cannot notice at once: that the seal of a point it did not ask
 * for was overwritten or removed in the store since (the folder still being there). What it shows is then what was true, and the alarm comes with a
 * later listing. {@link #listAfresh} reads all.
 */
public final class Points {
    static final int NEWEST = 32;
    static final int SAMPLE = 32;
    private static final int AT_ONCE = 32;

    private final ObjectStore store;
    private final Trust trust;
    private final SealCache cache;
    private final RandomGenerator random;
    private final PointReader reader;

    /** @param random chooses what is asked again: one that who writes to the store cannot foretell */
    public Points(ObjectStore store, Trust trust, SealCache cache, RandomGenerator random) {
        this.store = store;
        this.trust = trust;
        this.cache = cache;
        this.random = random;
        this.reader = new PointReader(store, trust);
    }

    /** @throws StoreException if anything could not be asked: never a short list */
    public PointList list(Known known) throws StoreException, InterruptedException {
        return list(known, cache.load(store));
    }

    /** As {@link #list}, but believes no cache; it leaves a fresh one. */
    public PointList listAfresh(Known known) throws StoreException, InterruptedException {
        return list(known, Map.of());
    }

    /** One folder alone, from the store; without a look at the chain. */
    public PointList read(BundleId id) throws StoreException, InterruptedException {
        Reading reading = reader.read(id);
        return new PointList(List.of(reading.point()), reading.alarms());
    }

    private PointList list(Known known, Map<BundleId, CachedSeal> cached) throws StoreException, InterruptedException {
        List<Alarm> alarms = new ArrayList<>();
        Set<BundleId> ids = folders(alarms);
        Set<BundleId> quiet = new HashSet<>(cached.keySet());
        quiet.retainAll(ids);
        quiet.removeAll(again(new ArrayList<>(ids)));
        List<BundleId> asked =
                ids.stream().filter(each -> !quiet.contains(each)).toList();

        TreeMap<BundleId, Reading> readings = new TreeMap<>();
        for (Reading each : Parallel.map(asked, AT_ONCE, id -> {
            CachedSeal before = cached.get(id);
            return before == null ? reader.read(id) : reader.recheck(before);
        })) {
            readings.put(each.point().id(), each);
        }
        prove(quiet.stream().sorted(Collections.reverseOrder()).toList(), cached, readings);
        keep(cached, readings);

        readings.values().forEach(each -> alarms.addAll(each.alarms()));
        List<Point> points = readings.values().stream().map(Reading::point).toList();
        List<Sealed> sealed = new PointList(points, List.of()).sealed();
        alarms.addAll(Chain.examine(sealed, trust, known));
        return new PointList(points, alarms);
    }

    private Set<BundleId> folders(List<Alarm> alarms) throws StoreException, InterruptedException {
        TreeSet<BundleId> ids = new TreeSet<>();
        for (String each : store.folders()) {
            try {
                ids.add(BundleId.of(each));
            } catch (IllegalArgumentException e) {
                if (!Names.knownBesidePoints(each)) {
                    alarms.add(new Alarm.StrangeFolder(each));
                }
            }
        }
        return ids;
    }

    /** @param ids in order */
    private Set<BundleId> again(List<BundleId> ids) {
        int newest = Math.min(NEWEST, ids.size());
        Set<BundleId> again = new HashSet<>(ids.subList(ids.size() - newest, ids.size()));
        for (int i = 0; i < SAMPLE && !ids.isEmpty(); i++) {
            again.add(ids.get(random.nextInt(ids.size())));
        }
        return again;
    }

    /** Newest first, so that most need no signature: it is checked where no later seal speaks for the bytes. */
    private void prove(List<BundleId> ids, Map<BundleId, CachedSeal> cached, Map<BundleId, Reading> readings)
            throws StoreException, InterruptedException {
        Set<Sha256> genuine = new HashSet<>();
        for (Reading each : readings.values()) {
            if (each.point() instanceof Sealed sealed) {
                sealed.seal().previous().ifPresent(genuine::add);
            }
        }
        for (BundleId id : ids) {
            CachedSeal before = cached.get(id);
            if (before == null) {
                throw new IllegalStateException("only what is kept is asked for");
            }
            Reading reading = reader.prove(before, genuine.contains(Sha256.of(before.bytes())));
            if (reading.kept().isEmpty()) {
                reading = reader.read(id); // the cache was wrong: only the store counts
            }
            readings.put(id, reading);
            if (reading.point() instanceof Sealed sealed) {
                sealed.seal().previous().ifPresent(genuine::add);
            }
        }
    }

    private void keep(Map<BundleId, CachedSeal> before, Map<BundleId, Reading> readings) {
        List<CachedSeal> now = readings.values().stream()
                .map(Reading::kept)
                .flatMap(Optional::stream)
                .toList();
        if (now.size() != before.size() || now.stream().anyMatch(each -> before.get(each.point()) != each)) {
            cache.save(store, now);
        }
    }
}
