package dev.foundation.secret;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Vault's unseal keys by generation, as the configuration's {@code vaultUnsealKeys} holds them: a JSON object from generation (1, 2, ...)
 * to the list of keys. The highest is current, but for the moment in which a rotation is not finished; older ones stay until no backup needs them (K1).
 * Never printed: keep it in a {@link Secret}.
 */
public final class UnsealKeys {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NavigableMap<Integer, List<String>> generations;

    private UnsealKeys(NavigableMap<Integer, List<String>> generations) {
        this.generations = generations;
    }

    public static UnsealKeys none() {
        return new UnsealKeys(new TreeMap<>());
    }

    /** @throws IOException if the text is not of that form; the message holds nothing of it */
    public static UnsealKeys parse(String json) throws IOException {
        try {
            Map<Integer, List<String>> read =
                    JSON.readValue(json, new TypeReference<TreeMap<Integer, List<String>>>() {});
            UnsealKeys keys = none();
            for (var entry : read.entrySet()) {
                if (entry.getKey() < 1
                        || entry.getValue() == null
                        || entry.getValue().isEmpty()) {
                    throw notReadable();
                }
                keys.generations.put(entry.getKey(), List.copyOf(entry.getValue()));
            }
            return keys;
        } catch (JacksonException e) {
            throw notReadable();
        }
    }

    public boolean isEmpty() {
        return generations.isEmpty();
    }

    /** The highest generation; 0 if there is none. */
    public int generation() {
        return isEmpty() ? 0 : generations.lastKey();
    }

    public List<String> current() {
        return isEmpty() ? List.of() : generations.lastEntry().getValue();
    }

    /** Every generation that has keys, lowest first. */
    public List<Integer> generations() {
        return List.copyOf(generations.keySet());
    }

    /** The keys of one generation; none if there is no such. */
    public List<String> of(int generation) {
        return generations.getOrDefault(generation, List.of());
    }

    /** The highest generation that has just these keys, in any order; 0 if none has. */
    public int generationOf(List<String> keys) {
        return generations.descendingMap().entrySet().stream()
                .filter(each -> sorted(each.getValue()).equals(sorted(keys)))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    /** These keys, if {@code keys} are the current ones (in any order); else these and {@code keys} as the next generation. */
    public UnsealKeys with(List<String> keys) {
        if (sorted(keys).equals(sorted(current()))) {
            return this;
        }
        var next = new TreeMap<>(generations);
        next.put(generation() + 1, List.copyOf(keys));
        return new UnsealKeys(next);
    }

    public String json() {
        try {
            return JSON.writeValueAsString(generations);
        } catch (JacksonException e) {
            throw new IllegalStateException("a map of lists of texts is always JSON");
        }
    }

    @Override
    public String toString() {
        return "(unseal keys, generation " + generation() + ")";
    }

    private static List<String> sorted(List<String> keys) {
        List<String> copy = new ArrayList<>(keys);
        copy.sort(null);
        return copy;
    }

    private static IOException notReadable() {
        return new IOException(
                "foundation:vaultUnsealKeys is not a JSON object of generations: take the file from the last commit"
                        + " in which it was right, or run `./foundation keys save` on the machine that holds the state");
    }
}
