package dev.foundation.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** One stream, read once, to several stores side by side. */
public final class Tee {
    /** How far the fastest store can be ahead of the slowest. All of it is one pool, so memory does not grow with the stores. */
    static final int CHUNKS = 8;

    static final int CHUNK_BYTES = 256 * 1024;

    private Tee() {}

    /**
     * Writes {@code source} under {@code key} to every store. One store's failure does not stop the others; a slow one slows them by what the
     * pool of buffers does not take up. Stops reading once every store is lost. The source is left open.
     *
     * @param stores at least one, with names of their own
     * @return by the stores' names, in their order
     * @throws IOException as the source threw it: then nothing is published at any store
     */
    public static Map<String, Outcome> copy(InputStream source, ObjectKey key, List<ObjectStore> stores)
            throws IOException, InterruptedException {
        var names = new HashSet<String>();
        if (stores.isEmpty() || !stores.stream().map(ObjectStore::name).allMatch(names::add)) {
            throw new IllegalArgumentException("a copy needs at least one store, each with a name of its own");
        }
        BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(CHUNKS);
        for (int i = 0; i < CHUNKS; i++) {
            free.add(new Chunk(CHUNK_BYTES, free));
        }
        List<TeeBranch> branches = new ArrayList<>();
        try {
            for (ObjectStore store : stores) {
                branches.add(TeeBranch.start(store, key));
            }
            long size = feed(source, free, branches);
            for (TeeBranch branch : branches) {
                branch.publish(size);
            }
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            for (TeeBranch branch : branches) {
                outcomes.put(branch.name(), branch.outcome());
            }
            return outcomes;
        } finally {
            branches.forEach(TeeBranch::stop);
        }
    }

    private static long feed(InputStream source, BlockingQueue<Chunk> free, List<TeeBranch> branches)
            throws IOException, InterruptedException {
        long size = 0;
        while (branches.stream().anyMatch(branch -> !branch.lost())) {
            Chunk chunk = free.take();
            if (!chunk.fill(source)) {
                return size;
            }
            size += chunk.length();
            chunk.share(branches.size());
            for (TeeBranch branch : branches) {
                branch.take(chunk);
            }
        }
        return size;
    }
}
