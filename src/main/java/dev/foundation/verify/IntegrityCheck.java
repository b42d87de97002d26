package dev.foundation.verify;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.PointList;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.Trust;
import dev.foundation.event.RunEvent;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Signatures, seals, the chain, sizes, checksums and gaps, at every place, without a private key. Everything chosen is read from its place to its end; no
 * cache is believed, nothing is written.
 */
public final class IntegrityCheck {
    private final List<ObjectStore> stores;
    private final Trust trust;
    private final Function<ObjectStore, Known> known;
    private final Sample blobs;
    private final Consumer<RunEvent> events;

    /**
     * @param stores the local one first
     * @param known what the caller knows of the chain at each, from elsewhere
     * @param blobs which of the blobs are read; the points' own objects are read always
     * @param events progress
     */
    public IntegrityCheck(
            List<ObjectStore> stores,
            Trust trust,
            Function<ObjectStore, Known> known,
            Sample blobs,
            Consumer<RunEvent> events) {
        this.stores = List.copyOf(stores);
        this.trust = trust;
        this.known = known;
        this.blobs = blobs;
        this.events = events;
    }

    /** @throws InterruptedException if the caller stops it */
    public IntegrityReport run(Which which) throws InterruptedException {
        Work work = new Work(events);
        Map<ObjectStore, Findings> findings = new LinkedHashMap<>();
        Map<ObjectStore, PointList> lists = new LinkedHashMap<>();
        Set<String> unanswered = new TreeSet<>();
        for (ObjectStore each : stores) {
            Findings here = at(findings, each);
            work.begin(each.name() + ": the points that are there", 0);
            try {
                lists.put(
                        each, new Points(each, trust, SealCache.none(), blobs.random()).listAfresh(known.apply(each)));
            } catch (StoreException e) {
                here.add(Severity.ERROR, "", "", "its points cannot be listed: " + e.getMessage() + "." + Advice.AGAIN);
                unanswered.add(each.name());
            }
            work.end();
        }
        Listings listings = new Listings(lists, known);
        Set<BundleId> chosen = choose(which, listings, at(findings, stores.getFirst()));
        Map<BundleId, Boolean> whole = new TreeMap<>();
        for (ObjectStore each : lists.keySet()) {
            Findings here = at(findings, each);
            listings.tell(each, chosen, here);
            read(each, listings.sealed(each, chosen), here, whole, unanswered, work);
            listings.sealed(each, chosen).stream()
                    .filter(point -> !listings.forks(point).isEmpty())
                    .forEach(point -> whole.put(point.id(), false));
        }
        return new IntegrityReport(
                findings.values().stream().flatMap(each -> each.all().stream()).toList(),
                whole.entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .toList(),
                List.copyOf(unanswered),
                work.bytes(),
                work.objects());
    }

    private static Findings at(Map<ObjectStore, Findings> findings, ObjectStore store) {
        return findings.computeIfAbsent(store, each -> new Findings(each.name()));
    }

    private static Set<BundleId> choose(Which which, Listings listings, Findings findings) {
        Map<BundleId, Point.Sealed> all = listings.everywhere();
        Set<BundleId> chosen = new TreeSet<>();
        switch (which) {
            case Which.All() -> chosen.addAll(all.keySet());
            case Which.One(BundleId id) -> {
                if (all.containsKey(id)) {
                    chosen.add(id);
                }
            }
            case Which.Latest() ->
                all.values().stream()
                        .max(Comparator.comparing(Point.Sealed::seal, Seal.ORDER))
                        .ifPresent(each -> chosen.add(each.id()));
        }
        if (chosen.isEmpty()) {
            String what = which instanceof Which.One(BundleId id) ? "no sealed point " + id : "no sealed point at all";
            findings.add(
                    Severity.ERROR,
                    which instanceof Which.One(BundleId id) ? id.toString() : "",
                    "",
                    "there is " + what
                            + " at any place that answered: nothing was verified. `./foundation points` lists what is there.");
        }
        return chosen;
    }

    private void read(
            ObjectStore store,
            List<Point.Sealed> points,
            Findings findings,
            Map<BundleId, Boolean> whole,
            Set<String> unanswered,
            Work work)
            throws InterruptedException {
        points.forEach(each -> whole.putIfAbsent(each.id(), true));
        List<BundleId> left =
                new ArrayList<>(points.stream().map(Point.Sealed::id).toList());
        Patience patience = new Patience();
        try (Batch batch = new Batch()) {
            var objects = new PointCheck(store, findings, patience, work);
            var listed = new BlobsCheck(store, findings, patience, work, batch, blobs);
            for (Point.Sealed each : points) {
                work.begin(store.name() + ": " + each.id(), expected(each, each.equals(points.getFirst())));
                PointCheck.Result result = objects.run(each);
                boolean good = listed.run(each, result.inventory()) & result.whole();
                whole.merge(each.id(), good, Boolean::logicalAnd);
                left.remove(each.id());
                work.end();
            }
        } catch (StoreGone e) {
            left.forEach(each -> whole.put(each, false));
            findings.add(Severity.ERROR, "", "", String.valueOf(e.getMessage()));
            unanswered.add(store.name());
        }
    }

    /** In bytes, about: what an older point lists is mostly read with the newest. */
    private long expected(Point.Sealed point, boolean newest) {
        long objects =
                point.seal().objects().stream().mapToLong(SealedObject::size).sum();
        return objects + (newest ? Math.round(point.seal().blobs().size() * blobs.percent() / 100) : 0);
    }
}
