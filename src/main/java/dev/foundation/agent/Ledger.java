package dev.foundation.agent;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.stream.Sha256;
import dev.foundation.stream.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What agent, pruner and people tell each other, in the host's folder of the run lock, where no store's writer reaches: which points a person holds, which
 * sequences pruning removed, which points were found whole.
 */
public final class Ledger {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    public Ledger(Path folder) {
        this.folder = folder;
    }

    /** Points that a person exempted from pruning (S7). */
    public TreeSet<BundleId> held() throws IOException {
        TreeSet<BundleId> held = new TreeSet<>();
        for (String each : read("held.json", new TypeReference<List<String>>() {}, List.of())) {
            held.add(BundleId.of(each));
        }
        return held;
    }

    public void hold(BundleId point, boolean hold) throws IOException {
        TreeSet<BundleId> held = held();
        boolean changed = hold ? held.add(point) : held.remove(point);
        if (changed) {
            write("held.json", held.stream().map(BundleId::toString).toList());
        }
    }

    /** Suspicious points that a person looked at and found good: they hold up pruning no longer. */
    public TreeSet<BundleId> accepted() throws IOException {
        TreeSet<BundleId> accepted = new TreeSet<>();
        for (String each : read("accepted.json", new TypeReference<List<String>>() {}, List.of())) {
            accepted.add(BundleId.of(each));
        }
        return accepted;
    }

    public void accept(BundleId point) throws IOException {
        TreeSet<BundleId> accepted = accepted();
        if (accepted.add(point)) {
            write("accepted.json", accepted.stream().map(BundleId::toString).toList());
        }
    }

    /** Sequences that are not missing, for pruning removed them. @param store by name */
    public List<Known.Range> removed(String store) throws IOException {
        List<Known.Range> ranges = new ArrayList<>();
        for (long[] each : pruned().getOrDefault(store, List.of())) {
            ranges.add(new Known.Range(each[0], each[1]));
        }
        return ranges;
    }

    private Map<String, List<long[]>> pruned() throws IOException {
        return read("pruned.json", new TypeReference<Map<String, List<long[]>>>() {}, Map.of());
    }

    /** Written before the removal: a gap that is explained and then not made is no alarm. */
    public void remove(String store, List<Long> sequences) throws IOException {
        TreeSet<Long> all = new TreeSet<>(sequences);
        for (Known.Range each : removed(store)) {
            for (long sequence = each.first(); sequence <= each.last(); sequence++) {
                all.add(sequence);
            }
        }
        List<long[]> ranges = new ArrayList<>();
        for (long each : all) {
            if (!ranges.isEmpty() && ranges.getLast()[1] + 1 == each) {
                ranges.getLast()[1] = each;
            } else {
                ranges.add(new long[] {each, each});
            }
        }
        Map<String, List<long[]>> map = new TreeMap<>(pruned());
        map.put(store, ranges);
        write("pruned.json", map);
    }

    /** Points whose every byte was read and found as sealed, and when. */
    public Map<String, String> verified() throws IOException {
        return read("verified.json", new TypeReference<Map<String, String>>() {}, Map.of());
    }

    public void verified(BundleId point, String at) throws IOException {
        Map<String, String> map = new TreeMap<>(verified());
        map.put(point.toString(), at);
        write("verified.json", map);
    }

    /**
     * How the last run of the backup ended: pruning removes nothing after one that failed, and nothing where the newest point that was ever seen is not
     * (R5.1).
     *
     * @param verdict as {@link Verdict}
     * @param at ISO 8601 in UTC
     * @param sequence the highest one ever sealed; 0 for none
     * @param seal the digest of the seal with that sequence; empty for none
     */
    record LastRun(String verdict, String at, long sequence, String seal) {
        boolean failed() {
            return verdict.equals(Verdict.FAILED.name());
        }

        Known known(List<Known.Range> removed) {
            return sequence == 0 ? Known.nothing(removed) : new Known(sequence, Optional.of(new Sha256(seal)), removed);
        }
    }

    void lastRun(Verdict verdict, Instant at, Known newest) throws IOException {
        write(
                "last-run.json",
                List.of(new LastRun(
                        verdict.name(),
                        at.toString(),
                        newest.sequence(),
                        newest.seal().map(Sha256::hex).orElse(""))));
    }

    /** Empty before the first run. */
    Optional<LastRun> lastRun() throws IOException {
        return read("last-run.json", new TypeReference<List<LastRun>>() {}, List.of()).stream()
                .findFirst();
    }

    private <T> T read(String name, TypeReference<T> type, T none) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(folder.resolve(name)), type);
        } catch (NoSuchFileException e) {
            return none;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new IOException(folder.resolve(name) + " is damaged: look at it, then mend or remove it", e);
        }
    }

    private void write(String name, Object content) throws IOException {
        WholeFile.write(folder.resolve(name), JSON.writeValueAsBytes(content));
    }
}
