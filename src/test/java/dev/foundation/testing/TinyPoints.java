package dev.foundation.testing;

import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.InventoryLine;
import dev.foundation.bundle.InventoryWriter;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.PointList;
import dev.foundation.bundle.PointWriter;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.bundle.Trust;
import dev.foundation.seal.SealKey;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.Upload;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A foundation whose points are a few bytes, sealed as real ones are: what lies under a name is other bytes at every sealing, blobs keep their name. */
public final class TinyPoints {
    public static final String INSTANCE = "6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa";
    private static final SealKey KEY = SealKey.generate(new SecureRandom());
    public static final Trust TRUST = new Trust(INSTANCE, 1, List.of(KEY.publicLine()));

    private final Random random;
    private long sequence;
    private Optional<Sha256> previous = Optional.empty();
    /** Blobs of the newest point that is sealed everywhere. */
    private Map<BlobName, byte[]> known = Map.of();

    private final int places;

    public TinyPoints(long seed) {
        this(seed, 1);
    }

    /** @param places what is at fewer is not known to be there */
    public TinyPoints(long seed, int places) {
        this.random = new Random(seed);
        this.places = places;
    }

    /** A run that was stopped. */
    public static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;
    }

    public long sequence() {
        return sequence;
    }

    public Known known() {
        return sequence == 0 ? Known.nothing() : new Known(sequence, previous, List.of());
    }

    public SignedSeal take(BundleId id, List<? extends ObjectStore> stores, Collection<Integer> objects)
            throws Exception {
        return take(id, stores, objects, List.of(), Integer.MAX_VALUE);
    }

    /** @param objects each an object of a bucket, known by its number. @param writes after so many objects the run is killed */
    public SignedSeal take(
            BundleId id,
            List<? extends ObjectStore> stores,
            Collection<Integer> objects,
            List<String> warnings,
            int writes)
            throws Exception {
        int[] left = {writes};
        Map<BlobName, byte[]> blobs = new TreeMap<>();
        for (int object : objects) {
            blob(object, stores, blobs, left);
        }
        var inventory = new ByteArrayOutputStream();
        long size = 0;
        try (var lines = new InventoryWriter(inventory)) {
            for (var each : blobs.entrySet()) {
                lines.add(new InventoryLine(each.getKey(), each.getValue().length, Sha256.of(each.getValue())));
                size += each.getValue().length;
            }
            lines.finish();
        }
        Map<String, byte[]> contents = new TreeMap<>();
        contents.put(Names.POSTGRES + Names.AGE, bytes(40));
        contents.put(Names.INVENTORY, inventory.toByteArray());
        contents.put(Names.VERSIONS, "one 1".getBytes(StandardCharsets.US_ASCII));
        contents.put(Names.MANIFEST + Names.AGE, bytes(30));
        List<SealedObject> sealed = new ArrayList<>();
        for (var each : contents.entrySet()) {
            for (ObjectStore store : stores) {
                put(store, new BundleKeys(id).object(each.getKey()), each.getValue(), left);
            }
            sealed.add(new SealedObject(each.getKey(), each.getValue().length, Sha256.of(each.getValue()), Map.of()));
        }
        var seal = new Seal(
                INSTANCE,
                1,
                sequence + 1,
                id,
                previous,
                List.of("age1" + "q".repeat(58)),
                Map.of(),
                Map.of(),
                warnings,
                sealed,
                new Seal.Blobs(blobs.size(), size, 0, 0));
        SignedSeal signed = SignedSeal.sign(seal, KEY);
        boolean first = true;
        for (ObjectStore store : stores) {
            stop(left);
            PointWriter.seal(store, signed);
            if (first) {
                sequence++;
                previous = Optional.of(signed.sha256());
                first = false;
            }
        }
        if (stores.size() >= places) {
            known = blobs;
        }
        return signed;
    }

    /** As the backup does: what is known is reused, a name that is taken is not. */
    private void blob(int object, List<? extends ObjectStore> stores, Map<BlobName, byte[]> blobs, int[] left)
            throws Exception {
        for (int attempt = 0; ; attempt++) {
            BlobName name = name(object, attempt);
            if (known.containsKey(name)) {
                boolean everywhere = true;
                for (ObjectStore store : stores) {
                    everywhere &= store.find(BundleKeys.blob(name)).isPresent();
                }
                if (everywhere) {
                    blobs.put(name, known.get(name));
                    return;
                }
                continue;
            }
            boolean taken = false;
            for (ObjectStore store : stores) {
                taken |= store.find(BundleKeys.blob(name)).isPresent();
            }
            if (!taken) {
                byte[] bytes = bytes(20);
                for (ObjectStore store : stores) {
                    put(store, BundleKeys.blob(name), bytes, left);
                }
                blobs.put(name, bytes);
                return;
            }
        }
    }

    public static BlobName name(int object, int attempt) {
        return new BlobName(Sha256.of((object + "#" + attempt).getBytes(StandardCharsets.US_ASCII))
                .hex());
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void stop(int[] left) throws Stopped {
        if (left[0]-- <= 0) {
            throw new Stopped();
        }
    }

    private static void put(ObjectStore store, ObjectKey key, byte[] bytes, int[] left) throws Exception {
        stop(left);
        put(store, key, bytes);
    }

    public static void put(ObjectStore store, ObjectKey key, byte[] bytes) throws Exception {
        try (Upload upload = store.begin(key)) {
            upload.write(bytes, 0, bytes.length);
            upload.complete();
        }
    }

    public static PointList list(ObjectStore store, Known known) throws Exception {
        return new Points(store, TRUST, SealCache.none(), new Random(1)).listAfresh(known);
    }

    public static List<BundleId> sealed(ObjectStore store) throws Exception {
        return list(store, Known.nothing()).sealed().stream().map(Sealed::id).toList();
    }

    /** What sealed points of the store lack, or have with other bytes; empty when all of them are whole. */
    public static List<String> faults(ObjectStore store, Set<ObjectKey> damaged) throws Exception {
        List<String> faults = new ArrayList<>();
        Map<BlobName, Boolean> seen = new HashMap<>();
        for (Sealed point : list(store, Known.nothing()).sealed()) {
            for (SealedObject each : point.seal().objects()) {
                ObjectKey key = new BundleKeys(point.id()).object(each.name());
                if (!damaged.contains(key)
                        && SealedContent.find(store, key, each.size(), each.sha256())
                                .isEmpty()) {
                    faults.add(key.path());
                }
            }
            try {
                SealedContent.inventory(store, point.signed(), line -> {
                    ObjectKey key = BundleKeys.blob(line.name());
                    boolean there = damaged.contains(key)
                            || seen.containsKey(line.name())
                            || SealedContent.find(store, key, line.size(), line.sha256())
                                    .isPresent();
                    seen.put(line.name(), there);
                    if (!there) {
                        faults.add(key.path() + " of " + point.id());
                    }
                });
            } catch (IOException e) {
                if (!damaged.contains(new BundleKeys(point.id()).inventory())) {
                    faults.add(e.getMessage());
                }
            }
        }
        return faults;
    }
}
