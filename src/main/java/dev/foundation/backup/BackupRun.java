package dev.foundation.backup;

import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.bundle.Alarm;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.PointList;
import dev.foundation.bundle.PointWriter;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.Seal.Blobs;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.retention.RunFacts;
import dev.foundation.retention.Suspicion;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import dev.foundation.stream.Lanes;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes one recovery point. In order: the chain at every destination; database, Vault, state; Forgejo's volume and the buckets as of the database;
 * the cross-check; manifest; everything read back at the local store (P6); seal and signature, last. Stopped or failing anywhere it leaves no point:
 * what has no signed seal is none.
 */
public final class BackupRun {
    private final Identity identity;
    private final List<ObjectStore> stores;
    private final Function<ObjectStore, SealCache> caches;
    private final Sources sources;
    private final InstantSource clock;
    private final int workers;
    private final Consumer<RunEvent> events;

    /**
     * @param stores the local one first
     * @param caches of the stores' seals
     * @param workers how many threads one artifact may use, and how many artifacts are read side by side
     */
    public BackupRun(
            Identity identity,
            List<ObjectStore> stores,
            Function<ObjectStore, SealCache> caches,
            Sources sources,
            InstantSource clock,
            int workers,
            Consumer<RunEvent> events) {
        this.identity = identity;
        this.stores = List.copyOf(stores);
        this.caches = caches;
        this.sources = sources;
        this.clock = clock;
        this.workers = workers;
        this.events = events;
    }

    /** The chain as the destinations show it together. */
    private record Ground(PointList.Next next, Map<String, PointList> lists, List<String> warnings) {}

    /**
     * @param id the point's name; its moment is the run's
     * @throws InterruptedException if the caller stops it: then nothing is published
     */
    public BackupReport run(BundleId id, History history) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        Map<String, Long> sizes = new LinkedHashMap<>();
        Destinations destinations = new Destinations(stores, events);
        try (KnownBlobs known = KnownBlobs.load(history.blobs())) {
            Ground ground = ground(destinations, history, id);
            problems.addAll(ground.warnings());
            Set<String> whole = whole(ground, known);
            PointFolder folder = new PointFolder(id, destinations, identity.recipients(), workers, events);
            CrossCheck crossCheck = new CrossCheck();
            List<Written> written = new ArrayList<>();

            Instant moment = first(folder, crossCheck, written);
            Second second = second(folder, crossCheck, moment, known, destinations, whole, written);
            problems.addAll(second.findings());
            for (Sources.Opener each : sources.clear()) {
                written.add(folder.write(each.open(), true));
            }
            RunFacts facts = Facts.of(written, second.counts());
            problems.addAll(Suspicion.reasons(facts, history.lastGood()));
            written.add(folder.write(
                    new MemoryArtifact(Names.MANIFEST, manifest(id, written).bytes()), false));
            readBack(destinations, written);

            Seal seal = seal(id, ground.next(), written, second.blobs(), problems);
            SignedSeal signed = SignedSeal.sign(seal, identity.sealKey());
            List<String> sealedAt = publish(destinations, signed, problems);
            if (sealedAt.size() == stores.size()) {
                known.replaceBy(id, second.listed());
            }
            written.forEach(each -> sizes.put(each.artifact(), each.sealed().size()));
            boolean everywhere = sealedAt.size() == stores.size();
            Verdict verdict =
                    seal.suspicious() ? Verdict.SUSPICIOUS : everywhere ? Verdict.COMPLETE : Verdict.INCOMPLETE;
            return new BackupReport(
                    id,
                    verdict,
                    Optional.of(signed),
                    sealedAt,
                    problems,
                    Optional.of(facts),
                    sizes,
                    written.stream().collect(Collectors.toMap(Written::artifact, Written::took)),
                    second.sent(),
                    second.saved());
        } catch (IOException e) {
            problems.add(String.valueOf(e.getMessage()));
            lostPlaces(destinations, problems);
            return new BackupReport(
                    id, Verdict.FAILED, Optional.empty(), List.of(), problems, Optional.empty(), sizes, Map.of(), 0, 0);
        }
    }

    /** @throws IOException if no point must be taken here any more, or nobody can say which number it has */
    private Ground ground(Destinations destinations, History history, BundleId id)
            throws IOException, InterruptedException {
        events.accept(new RunEvent.Began("the points that are there"));
        Map<String, PointList> lists = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        PointList.Next next = new PointList(List.of(), List.of()).next(history.known());
        for (Destination each : destinations.alive()) {
            try {
                PointList list = new Points(
                                each.store(), identity.trust(), caches.apply(each.store()), new SecureRandom())
                        .list(history.known());
                for (Alarm alarm : list.alarms()) {
                    String sentence = each.name() + ": " + alarm.message();
                    if (alarm instanceof Alarm.NewerEpoch) {
                        throw new IOException(sentence);
                    }
                    warnings.add(sentence);
                    events.accept(new RunEvent.Warned(sentence));
                }
                if (list.points().stream().anyMatch(point -> point.id().equals(id))) {
                    throw new IOException("the point " + id + " is there already at " + each.name()
                            + ": two runs in one second, or the clock went back; run it again");
                }
                PointList.Next there = list.next(history.known());
                if (there.sequence() > next.sequence()
                        || there.sequence() == next.sequence()
                                && next.previous().isEmpty()) {
                    next = there;
                }
                lists.put(each.name(), list);
            } catch (StoreException e) {
                destinations.lose(each, e);
            }
        }
        if (lists.isEmpty()) {
            throw new IOException("no destination answers");
        }
        return new Ground(next, lists, warnings);
    }

    /** A place that has the seal of the point whose blobs are known has these blobs: pruning never takes what a seal lists. */
    private static Set<String> whole(Ground ground, KnownBlobs known) {
        Set<String> whole = new HashSet<>();
        known.point()
                .ifPresent(point -> ground.lists().forEach((name, list) -> {
                    if (list.sealed().stream().anyMatch(each -> each.id().equals(point))) {
                        whole.add(name);
                    }
                }));
        return whole;
    }

    /** @return the moment as of which the buckets are to be read */
    private Instant first(PointFolder folder, CrossCheck crossCheck, List<Written> written)
            throws IOException, InterruptedException {
        Optional<Sources.Dump> dump = sources.database().isEmpty()
                ? Optional.empty()
                : Optional.of(sources.database().get().open(crossCheck::row));
        List<Lanes.Task<Written>> tasks = new ArrayList<>();
        dump.ifPresent(each -> tasks.add(() -> folder.write(each.artifact(), false)));
        sources.first().forEach(each -> tasks.add(() -> folder.write(each.open(), false)));
        written.addAll(Lanes.run(tasks, workers));
        return dump.flatMap(each -> each.moment().get()).orElseGet(clock::instant);
    }

    private record Second(
            List<String> findings,
            Blobs blobs,
            List<KnownBlob> listed,
            Map<String, Long> counts,
            long sent,
            long saved) {}

    private Second second(
            PointFolder folder,
            CrossCheck crossCheck,
            Instant moment,
            KnownBlobs known,
            Destinations destinations,
            Set<String> whole,
            List<Written> written)
            throws IOException, InterruptedException {
        List<Lanes.Task<Optional<BlobRun.Result>>> tasks = new ArrayList<>();
        List<Written> volume = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        sources.volume()
                .ifPresent(each -> tasks.add(() -> {
                    Written one = folder.write(each.open(), false);
                    volume.add(one);
                    one.facts()
                            .path("warnings")
                            .forEach(name -> findings.add(name.asText() + " changed while it was read"));
                    return Optional.empty();
                }));
        sources.blobs()
                .ifPresent(source ->
                        tasks.add(() -> Optional.of(blobs(source, crossCheck, moment, known, destinations, whole))));
        Optional<BlobRun.Result> result =
                Lanes.run(tasks, workers).stream().flatMap(Optional::stream).findFirst();
        written.addAll(volume);
        List<String> git = sources.volumeCheck().findings();
        if (!git.isEmpty()) {
            git = sources.volumeCheck().findings(); // a push may have been under way (P5)
        }
        findings.addAll(git);
        findings.addAll(crossCheck.missing());
        if (result.isEmpty()) {
            return new Second(findings, Blobs.NONE, List.of(), Map.of(), 0, 0);
        }
        BlobRun.Result blobs = result.get();
        written.add(folder.write(new MemoryArtifact(Names.OBJECTS, blobs.objects()), false));
        written.add(folder.write(new MemoryArtifact(Names.INVENTORY, blobs.inventory()), true));
        return new Second(findings, blobs.blobs(), blobs.all(), blobs.counts(), blobs.sent(), blobs.saved());
    }

    /** Where rows lack their objects, once more as of now: the two servers' clocks may differ, or a row came before its object (P5). */
    private BlobRun.Result blobs(
            BlobSource source,
            CrossCheck crossCheck,
            Instant moment,
            KnownBlobs known,
            Destinations destinations,
            Set<String> whole)
            throws IOException, InterruptedException {
        BlobRun.Result result =
                blobRun(source, known, destinations, whole).run(sources.buckets(), moment, crossCheck::object);
        if (crossCheck.missing().isEmpty()) {
            return result;
        }
        events.accept(new RunEvent.Noted("rows name objects that were not there yet: reading the buckets once more"));
        crossCheck.again();
        return blobRun(source, known, destinations, whole).run(sources.buckets(), clock.instant(), crossCheck::object);
    }

    private BlobRun blobRun(BlobSource source, KnownBlobs known, Destinations destinations, Set<String> whole) {
        return new BlobRun(source, identity.blobNames(), known, destinations, whole, identity.recipients(), events);
    }

    private Manifest manifest(BundleId id, List<Written> written) {
        Map<String, Written> byName = new LinkedHashMap<>();
        written.forEach(each -> byName.put(each.artifact(), each));
        List<Manifest.Entry> entries = written.stream()
                .filter(each -> each.name().endsWith(Names.AGE))
                .map(each -> new Manifest.Entry(each.artifact(), each.plain(), each.sealed(), each.facts()))
                .toList();
        return new Manifest(
                id,
                identity.trust().instance(),
                id.moment(),
                entries,
                sources.tools(),
                digest(byName, Names.VERSIONS),
                digest(byName, Names.CONFIGURATION),
                sources.exclusions());
    }

    private static dev.foundation.stream.Sha256 digest(Map<String, Written> written, String name) {
        Written found = written.get(name);
        if (found == null) {
            throw new IllegalStateException("a run without " + name + ": its sources were put together wrongly");
        }
        return found.sealed().sha256();
    }

    /** The local store byte by byte; the others answered with size and checksum when the object was completed (P6). */
    private void readBack(Destinations destinations, List<Written> written) throws IOException, InterruptedException {
        Destination local = destinations.local();
        events.accept(new RunEvent.Began("reading back"));
        for (Written each : written) {
            StoredObject kept = each.kept().get(local.name());
            if (local.alive() && kept != null) {
                destinations.readBack(
                        local, kept, each.sealed().size(), each.sealed().sha256());
            }
        }
        if (destinations.alive().isEmpty()) {
            throw new IOException("no destination is left to seal the point at");
        }
    }

    private Seal seal(BundleId id, PointList.Next next, List<Written> written, Blobs blobs, List<String> warnings) {
        return new Seal(
                identity.trust().instance(),
                identity.trust().epoch(),
                next.sequence(),
                id,
                next.previous(),
                identity.recipients(),
                identity.generations(),
                identity.services(),
                warnings,
                written.stream().map(Written::object).toList(),
                blobs);
    }

    /** @return the names of the places that have the point now */
    private List<String> publish(Destinations destinations, SignedSeal signed, List<String> problems)
            throws IOException, InterruptedException {
        List<String> sealedAt = new ArrayList<>();
        for (Destination each : destinations.alive()) {
            try {
                PointWriter.seal(each.store(), signed);
                sealedAt.add(each.name());
            } catch (StoreException e) {
                destinations.lose(each, e);
            }
        }
        lostPlaces(destinations, problems);
        if (sealedAt.isEmpty()) {
            throw new IOException("the point could be sealed nowhere");
        }
        return sealedAt;
    }

    private static void lostPlaces(Destinations destinations, List<String> problems) {
        destinations.all().stream()
                .filter(each -> each.lost().isPresent())
                .forEach(each -> problems.add(each.name() + " has no such point: "
                        + each.lost().orElseThrow().getMessage()));
    }
}
