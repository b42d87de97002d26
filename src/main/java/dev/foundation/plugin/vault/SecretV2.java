package dev.foundation.plugin.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import dev.foundation.plugin.Stable;
import dev.foundation.vault.KeyValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A secret in a key-value engine of version 2. Its id and path are {@code <mount>/data/<name>}. JSON that says the same is the same,
 * however it is written, and makes no new version.
 */
final class SecretV2 extends VaultType<SecretV2.Inputs, SecretV2.Outputs> {
    /** @param deleteAllVersions whether a delete removes every version for good; else the newest, which can be undeleted */
    record Inputs(
            @ReplaceOnChange String mount,
            @ReplaceOnChange String name,
            @Secret String dataJson,
            Optional<Boolean> deleteAllVersions) {}

    /**
     * The newest version.
     *
     * @param data each field as text
     * @param metadata its number, times and custom metadata
     */
    record Outputs(
            @Secret String dataJson,
            @Secret Map<String, String> data,
            Map<String, String> metadata,
            @Stable String path) {}

    SecretV2(Connection connection) {
        super(
                "vault:kv/secretV2:SecretV2",
                Inputs.class,
                Outputs.class,
                List.of(
                        "cas",
                        "customMetadata",
                        "dataJsonWo",
                        "dataJsonWoVersion",
                        "disableRead",
                        "namespace",
                        "options"),
                connection);
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        return Json.object(inputs.dataJson()).isPresent()
                ? List.of()
                : List.of(new Problem("dataJson", "must be a JSON object"));
    }

    @Override
    public boolean isSettled(String input, Inputs inputs, Outputs state) {
        return input.equals("dataJson") && Json.same(inputs.dataJson(), state.dataJson());
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        return new Created<>(inputs.mount() + "/data/" + inputs.name(), write(inputs));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        int middle = id.indexOf("/data/");
        if (middle < 1) {
            throw new IOException("\"" + id + "\" is no id of a secret: give <mount>/data/<name>");
        }
        String mount = id.substring(0, middle);
        String name = id.substring(middle + "/data/".length());
        Optional<Inputs> given = known.map(Current::inputs);
        return vault().keyValue(mount).read(name).map(version -> {
            String actual = Json.text(version.data());
            String shown = given.map(Inputs::dataJson)
                    .filter(wanted -> Json.same(wanted, actual))
                    .orElse(actual);
            return new Current<>(
                    new Inputs(mount, name, shown, given.flatMap(Inputs::deleteAllVersions)),
                    outputs(id, shown, version));
        });
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return write(inputs);
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        KeyValue keyValue = vault().keyValue(old.inputs().mount());
        if (old.inputs().deleteAllVersions().orElse(false)) {
            keyValue.deleteMetadata(old.inputs().name());
        } else {
            keyValue.deleteNewest(old.inputs().name());
        }
    }

    private Outputs write(Inputs inputs) throws IOException, InterruptedException {
        KeyValue keyValue = vault().keyValue(inputs.mount());
        JsonNode wanted = Json.object(inputs.dataJson())
                .orElseThrow(() -> new IOException("the data of secret " + inputs.name() + " is no JSON object"));
        Optional<KeyValue.Version> there = keyValue.read(inputs.name());
        if (there.filter(version -> version.data().equals(wanted)).isEmpty()) {
            keyValue.write(inputs.name(), wanted, Map.of());
            there = keyValue.read(inputs.name());
        }
        KeyValue.Version newest = there.orElseThrow(() -> new IOException(
                "secret " + inputs.name() + " was written and is not there: is another Vault answering?"));
        return outputs(inputs.mount() + "/data/" + inputs.name(), inputs.dataJson(), newest);
    }

    private static Outputs outputs(String path, String dataJson, KeyValue.Version version) {
        return new Outputs(dataJson, Json.strings(version.data()), Json.strings(version.metadata()), path);
    }
}
