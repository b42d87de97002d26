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

    /** Writes the keys if the file has others or none. Returns one sentence for people. */
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
        UnsealKeys all = saved.with(made.expose());
        boolean current = there && all.generation() == saved.generation();
        if (!current) {
            pulumi.setSecret(OUTPUT, Secret.of(all.json()));
        }
        if (file.has(ConfigKeys.RETIRED_UNSEAL_KEYS)) {
            pulumi.remove(ConfigKeys.RETIRED_UNSEAL_KEYS); // they are among the older generations now
        }
        return current
                ? "The unseal keys in Pulumi.foundation.yaml are the current ones."
                : "Saved " + made.expose().size() + " unseal keys (generation " + all.generation()
                        + ") into Pulumi.foundation.yaml, encrypted: commit it.";
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
