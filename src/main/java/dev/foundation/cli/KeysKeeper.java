package dev.foundation.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.spec.ConfigKeys;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.Configuration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Brings Vault's unseal keys from the stack's outputs into the configuration (K2). */
final class KeysKeeper {
    /** The program's secret output: a list of texts. */
    static final String OUTPUT = "vaultUnsealKeys";

    private static final String RESOURCE = "foundation:index:VaultInit";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workspace workspace;
    private final Pulumi pulumi;

    KeysKeeper(Workspace workspace, Pulumi pulumi) {
        this.workspace = workspace;
        this.pulumi = pulumi;
    }

    /** Writes the keys if no generation in the file has them. Returns one sentence for people. */
    String save() throws IOException, InterruptedException, ConfigSyntaxException {
        Secret<List<String>> made = made();
        if (made.expose().isEmpty()) {
            return "The state holds no unseal keys: Vault is off, or not initialised yet.";
        }
        Configuration file = workspace.configuration();
        boolean there = file.has(OUTPUT);
        // Generations go on counting over a destroyed foundation's: seals name them.
        UnsealKeys saved = there || file.has(ConfigKeys.RETIRED_UNSEAL_KEYS)
                ? UnsealKeys.parse(pulumi.config(there ? OUTPUT : ConfigKeys.RETIRED_UNSEAL_KEYS)
                        .expose())
                : UnsealKeys.none();
        int known = there ? saved.generationOf(made.expose()) : 0;
        if (known > 0 && known < saved.generation()) { // not made since: the state was not told of a rotation
            return "The state holds generation " + known + " of the unseal keys, Pulumi.foundation.yaml generation "
                    + saved.generation() + ": `./foundation up` tells the state.";
        }
        UnsealKeys all = saved.with(made.expose());
        if (known == 0) {
            pulumi.setSecret(OUTPUT, Secret.of(all.json()));
        }
        if (file.has(ConfigKeys.RETIRED_UNSEAL_KEYS)) {
            pulumi.remove(ConfigKeys.RETIRED_UNSEAL_KEYS); // they are among the older generations now
        }
        return known > 0
                ? "The unseal keys in Pulumi.foundation.yaml are the current ones."
                : "Saved " + made.expose().size() + " unseal keys (generation " + all.generation()
                        + ") into Pulumi.foundation.yaml, encrypted: commit it.";
    }

    /** Every generation, also of a Vault that was destroyed; of the file's secrets, by their keys. */
    static UnsealKeys held(Secret<Map<String, String>> secrets) throws IOException {
        Map<String, String> all = secrets.expose();
        return UnsealKeys.parse(all.getOrDefault(OUTPUT, all.getOrDefault(ConfigKeys.RETIRED_UNSEAL_KEYS, "{}")));
    }

    /**
     * In the file of a stack into which a point is restored, makes the generation that opens its Vault the current one: where there are later ones, as one more.
     *
     * @param secrets of the file that it is a copy of
     */
    static void bringBack(Pulumi stack, Secret<Map<String, String>> secrets, int generation)
            throws IOException, InterruptedException {
        UnsealKeys held = held(secrets);
        UnsealKeys all = held.with(held.of(generation));
        boolean retired = !secrets.expose().containsKey(OUTPUT);
        if (retired || all.generation() > held.generation()) {
            stack.setSecret(OUTPUT, Secret.of(all.json()));
        }
        if (retired) {
            stack.remove(ConfigKeys.RETIRED_UNSEAL_KEYS);
        }
    }

    /** Once Vault is destroyed: its keys open nothing but older backups, and must not look like those of a Vault that is there. */
    void retire() throws IOException, InterruptedException, ConfigSyntaxException {
        if (workspace.configuration().has(OUTPUT)) {
            pulumi.setSecret(ConfigKeys.RETIRED_UNSEAL_KEYS, pulumi.config(OUTPUT));
            pulumi.remove(OUTPUT);
        }
    }

    /** From the stack's outputs; where its first run failed later on, it has none yet, and the resource itself is asked. */
    private Secret<List<String>> made() throws IOException, InterruptedException {
        Secret<List<String>> exported = pulumi.outputs().map(outputs -> keys(outputs.path(OUTPUT)));
        if (!exported.expose().isEmpty()) {
            return exported;
        }
        return pulumi.outputsOf(RESOURCE)
                .map(found -> found.isEmpty()
                        ? List.of()
                        : keys(unwrapped(found.getFirst().path("unsealKeys"))));
    }

    /** A secret in a state that is exported in clear: an object with the value's JSON as text. */
    static JsonNode unwrapped(JsonNode value) {
        JsonNode plain = value.path("plaintext");
        try {
            return plain.isTextual() ? JSON.readTree(plain.asText()) : value;
        } catch (JacksonException e) {
            return MissingNode.getInstance(); // not the cause: it would quote the keys
        }
    }

    private static List<String> keys(JsonNode list) {
        List<String> keys = new ArrayList<>();
        list.forEach(key -> keys.add(key.asText()));
        return keys;
    }
}
