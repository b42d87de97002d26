package dev.foundation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.spec.ConfigSyntaxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Brings Vault's unseal keys from the stack's outputs into the configuration (K2). */
final class KeysKeeper {
    /** The program's secret output: a list of texts. */
    static final String OUTPUT = "vaultUnsealKeys";

    private final Workspace workspace;
    private final Pulumi pulumi;

    KeysKeeper(Workspace workspace, Pulumi pulumi) {
        this.workspace = workspace;
        this.pulumi = pulumi;
    }

    /** Writes the keys if the file has others or none. Returns one sentence for people. */
    String save() throws IOException, InterruptedException, ConfigSyntaxException {
        Secret<List<String>> made = pulumi.outputs().map(KeysKeeper::keys);
        if (made.expose().isEmpty()) {
            return "The state holds no unseal keys: Vault is off, or not initialised yet.";
        }
        UnsealKeys saved = workspace.configuration().has(OUTPUT)
                ? UnsealKeys.parse(pulumi.config(OUTPUT).expose())
                : UnsealKeys.none();
        UnsealKeys all = saved.with(made.expose());
        if (all.generation() == saved.generation()) {
            return "The unseal keys in Pulumi.foundation.yaml are the current ones.";
        }
        pulumi.setSecret(OUTPUT, Secret.of(all.json()));
        return "Saved " + made.expose().size() + " unseal keys (generation " + all.generation()
                + ") into Pulumi.foundation.yaml, encrypted: commit it.";
    }

    private static List<String> keys(JsonNode outputs) {
        List<String> keys = new ArrayList<>();
        outputs.path(OUTPUT).forEach(key -> keys.add(key.asText()));
        return keys;
    }
}
