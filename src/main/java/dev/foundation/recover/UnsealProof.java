package dev.foundation.recover;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.secret.UnsealKeys;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether these unseal keys open this snapshot: it is restored into an empty Vault, which seals itself then and wants its original keys. Each key is
 * tried, for a Vault that three of five keys open hides two wrong ones until they are needed.
 */
public final class UnsealProof {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration QUICK = Duration.ofMinutes(1);
    private static final Duration RESTORE = Duration.ofMinutes(30);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int TRIES = 300;
    /** Of sets of keys: all of five choose three, and of most of what people use. */
    private static final int MOST_SETS = 64;

    private final ScratchVault vault;
    private final String point;

    /** @param point whose snapshot it is, for messages */
    public UnsealProof(ScratchVault vault, String point) {
        this.vault = vault;
        this.point = point;
    }

    /** The snapshot, from its beginning at each call. */
    @FunctionalInterface
    public interface Snapshot {
        InputStream open() throws IOException, InterruptedException;
    }

    /**
     * What the keys were found to be.
     *
     * @param generation of the configuration's keys, the one that opens it
     * @param good how many of them are this Vault's
     * @param held how many of that generation the configuration holds
     * @param threshold how many unseal it
     * @param shares how many were made
     */
    public record Result(int generation, int good, int held, int threshold, int shares) {
        public boolean all() {
            return good == held;
        }

        public String text() {
            return good + " of " + held + " unseal keys (generation " + generation + ") open its Vault, which wants "
                    + threshold + " of " + shares;
        }
    }

    /**
     * @param first the generation that is tried first
     * @throws WrongKey if no generation opens it
     */
    public Result run(Snapshot snapshot, UnsealKeys keys, int first) throws IOException, InterruptedException {
        if (keys.isEmpty()) {
            throw new WrongKey(
                    WrongKey.Key.UNSEAL_KEYS,
                    "foundation:vaultUnsealKeys is not in Pulumi.foundation.yaml, so the Vault in " + point
                            + " cannot be opened: the point's own copy of the file, or a later commit, may have it."
                            + " Nothing was touched.");
        }
        restore(snapshot);
        until("seals itself", answer -> answer.path("sealed").asBoolean());
        vault.restart(); // until then it may still tell the numbers of the throw-away keys
        JsonNode status = until(
                "comes back sealed",
                answer -> answer.path("sealed").asBoolean()
                        && answer.path("initialized").asBoolean());
        int threshold = status.path("t").asInt();
        int shares = status.path("n").asInt();
        List<Integer> order = new ArrayList<>(keys.generations().reversed());
        if (order.remove((Integer) first)) {
            order.addFirst(first);
        }
        List<String> tried = new ArrayList<>();
        for (int generation : order) {
            List<String> held = keys.of(generation);
            tried.add("generation " + generation + " (" + held.size() + (held.size() == 1 ? " key)" : " keys)"));
            Optional<List<String>> opening = search(held, threshold);
            if (opening.isPresent()) {
                return new Result(generation, good(held, opening.get()), held.size(), threshold, shares);
            }
        }
        throw new WrongKey(
                WrongKey.Key.UNSEAL_KEYS,
                "the unseal keys in Pulumi.foundation.yaml do not open the Vault in " + point + ", which wants "
                        + threshold + " of its " + shares + " keys; tried: " + String.join(", ", tried)
                        + ". They are another Vault's, or of another time: look for foundation:vaultUnsealKeys in the"
                        + " file's older commits, or in the point's own copy. Nothing was touched.");
    }

    private void restore(Snapshot snapshot) throws IOException, InterruptedException {
        until("answers", answer -> answer.has("initialized"));
        Finished made = need(
                "initialise it",
                vault.vault(
                        List.of("operator", "init", "-key-shares=1", "-key-threshold=1", "-format=json"),
                        Input.NONE,
                        QUICK));
        JsonNode initial = tree(made);
        give(initial.at("/unseal_keys_b64/0").asText());
        until("unseals", answer -> !answer.path("sealed").asBoolean(true));
        byte[] token = initial.path("root_token").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Finished login = vault.vault(List.of("login", "-no-print", "-"), Input.of(token), QUICK);
        for (int i = 0; i < TRIES && !login.ok(); i++) { // unsealed is not yet active
            Thread.sleep(PAUSE);
            login = vault.vault(List.of("login", "-no-print", "-"), Input.of(token), QUICK);
        }
        need("log in", login);
        try (InputStream content = snapshot.open()) {
            IOException[] broken = new IOException[1];
            Finished restored = vault.vault(
                    List.of("operator", "raft", "snapshot", "restore", "-force", "/dev/stdin"),
                    sink -> {
                        try {
                            content.transferTo(sink);
                        } catch (IOException e) {
                            broken[0] = e;
                            throw e;
                        }
                    },
                    RESTORE);
            if (broken[0] != null && !restored.ok()) {
                throw new IOException("the Vault snapshot of " + point + " broke off: " + broken[0].getMessage());
            }
            need("restore the snapshot of " + point, restored);
        }
    }

    /** A set of keys that opens it; the Vault is open then. */
    private Optional<List<String>> search(List<String> held, int threshold) throws IOException, InterruptedException {
        if (threshold < 1 || held.size() < threshold) {
            return Optional.empty();
        }
        List<List<String>> sets = new ArrayList<>();
        sets(held, threshold, 0, new ArrayList<>(), sets);
        for (List<String> each : sets) {
            if (opens(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static void sets(List<String> held, int size, int from, List<String> chosen, List<List<String>> into) {
        if (chosen.size() == size) {
            into.add(List.copyOf(chosen));
            return;
        }
        for (int i = from; i < held.size() && into.size() < MOST_SETS; i++) {
            chosen.add(held.get(i));
            sets(held, size, i + 1, chosen, into);
            chosen.removeLast();
        }
    }

    /** Of the others, each takes the place of one that is good. */
    private int good(List<String> held, List<String> opening) throws IOException, InterruptedException {
        int good = opening.size();
        for (String each : held) {
            if (!opening.contains(each)) {
                vault.restart();
                until("comes back sealed", answer -> answer.path("sealed").asBoolean());
                List<String> set = new ArrayList<>(opening.subList(1, opening.size()));
                set.add(each);
                good += opens(set) ? 1 : 0;
            }
        }
        return good;
    }

    private boolean opens(List<String> keys) throws IOException, InterruptedException {
        for (String each : keys) {
            give(each); // a wrong one is told by the status
        }
        JsonNode status = status();
        if (status.path("progress").asInt() > 0) { // one was no key at all, and did not count
            vault.vault(List.of("write", "sys/unseal", "-"), json(Map.of("reset", true)), QUICK);
        }
        return !status.path("sealed").asBoolean(true);
    }

    private void give(String key) throws IOException, InterruptedException {
        vault.vault(List.of("write", "sys/unseal", "-"), json(Map.of("key", key)), QUICK);
    }

    private interface Condition {
        boolean holds(JsonNode status);
    }

    private JsonNode until(String what, Condition condition) throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            JsonNode status = status();
            if (status.isObject() && condition.holds(status)) {
                return status;
            }
            Thread.sleep(PAUSE);
        }
        throw new IOException("the throw-away Vault never " + what + ": run it again; `docker logs` of the container"
                + " that is gone then would say more");
    }

    /** Exit code 2 says sealed. */
    private JsonNode status() throws IOException, InterruptedException {
        Finished asked = vault.vault(List.of("status", "-format=json"), Input.NONE, QUICK);
        return asked.exit() == 0 || asked.exit() == 2 ? tree(asked) : MissingNode.getInstance();
    }

    private static JsonNode tree(Finished asked) {
        try {
            return JSON.readTree(asked.output());
        } catch (JacksonException e) {
            return MissingNode.getInstance(); // not the cause: it may quote keys
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        }
    }

    private static Finished need(String what, Finished done) throws IOException {
        if (!done.ok()) {
            throw new IOException("the throw-away Vault did not " + what + ": "
                    + done.errors()
                            .lines()
                            .filter(line -> !line.isBlank())
                            .findFirst()
                            .orElse("exit " + done.exit()));
        }
        return done;
    }

    private static Input json(Map<String, ?> content) throws IOException {
        return Input.of(JSON.writeValueAsBytes(content));
    }
}
