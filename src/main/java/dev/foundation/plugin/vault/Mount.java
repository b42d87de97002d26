package dev.foundation.plugin.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Stable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A secret engine. Its id is its path. A new type replaces it, with everything in it; a new path is refused, since the official provider
 * would move the data and this one cannot.
 */
final class Mount extends VaultType<Mount.Inputs, Mount.Outputs> {
    record Inputs(
            String path,
            @ReplaceOnChange String type,
            Optional<String> description,
            Optional<Map<String, String>> options,
            Optional<Integer> defaultLeaseTtlSeconds,
            Optional<Integer> maxLeaseTtlSeconds) {}

    record Outputs(@Stable String accessor) {}

    Mount(Connection connection) {
        super(
                "vault:index/mount:Mount",
                Inputs.class,
                Outputs.class,
                List.of(
                        "allowedManagedKeys",
                        "allowedResponseHeaders",
                        "auditNonHmacRequestKeys",
                        "auditNonHmacResponseKeys",
                        "delegatedAuthAccessors",
                        "externalEntropyAccess",
                        "forceNoCache",
                        "identityTokenKey",
                        "listingVisibility",
                        "local",
                        "namespace",
                        "passthroughRequestHeaders",
                        "pluginVersion",
                        "sealWrap"),
                connection);
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        var system = vault().system();
        Optional<JsonNode> there = system.mount(inputs.path());
        if (there.isPresent()) {
            JsonNode entry = there.get();
            boolean same = plainType(inputs.type()).equals(entry.path("type").asText())
                    && Json.strings(entry.path("options"))
                            .entrySet()
                            .containsAll(wantedOptions(inputs).entrySet());
            if (!same) {
                throw new IOException("mount " + inputs.path() + ": a secret engine of type "
                        + entry.path("type").asText()
                        + " with other options is there already. Import it, or choose another path");
            }
            system.tuneMount(inputs.path(), tuning(inputs));
        } else {
            system.enableMount(
                    inputs.path(),
                    Map.of(
                            "type",
                            inputs.type(),
                            "description",
                            inputs.description().orElse(""),
                            "options",
                            inputs.options().orElse(Map.of()),
                            "config",
                            leases(inputs)));
        }
        return new Created<>(inputs.path(), outputs(inputs.path()));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        return vault().system().mount(id).map(entry -> {
            Optional<Inputs> given = known.map(Current::inputs);
            Map<String, String> options = Json.strings(entry.path("options"));
            String type = entry.path("type").asText();
            boolean alias = given.filter(inputs -> plainType(inputs.type()).equals(type)
                            && options.entrySet()
                                    .containsAll(wantedOptions(inputs).entrySet()))
                    .isPresent();
            boolean implied = alias && given.get().options().isEmpty();
            return new Current<>(
                    new Inputs(
                            id,
                            alias ? given.get().type() : type,
                            found(entry.path("description").asText(), "", given.flatMap(Inputs::description)),
                            implied ? Optional.empty() : found(options, Map.of(), given.flatMap(Inputs::options)),
                            found(
                                    entry.at("/config/default_lease_ttl").asInt(),
                                    0,
                                    given.flatMap(Inputs::defaultLeaseTtlSeconds)),
                            found(
                                    entry.at("/config/max_lease_ttl").asInt(),
                                    0,
                                    given.flatMap(Inputs::maxLeaseTtlSeconds))),
                    new Outputs(entry.path("accessor").asText()));
        });
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        if (!inputs.path().equals(id)) {
            throw new IOException("mount " + id + " cannot be moved to " + inputs.path()
                    + " here. Move it with vault secrets move, then import it under the new path");
        }
        vault().system().tuneMount(id, tuning(inputs));
        return outputs(id);
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        vault().system().disableMount(id);
    }

    private Outputs outputs(String path) throws IOException, InterruptedException {
        return vault().system()
                .mount(path)
                .map(entry -> new Outputs(entry.path("accessor").asText()))
                .orElseThrow(() ->
                        new IOException("mount " + path + " was made and is not there: is another Vault answering?"));
    }

    /** {@code kv-v2} is Vault's short name for {@code kv} with the option {@code version=2}. */
    private static String plainType(String type) {
        return type.equals("kv-v2") ? "kv" : type;
    }

    private static Map<String, String> wantedOptions(Inputs inputs) {
        var options = new LinkedHashMap<>(inputs.options().orElse(Map.of()));
        if (inputs.type().equals("kv-v2")) {
            options.putIfAbsent("version", "2");
        }
        return options;
    }

    private static Map<String, Integer> leases(Inputs inputs) {
        return Map.of(
                "default_lease_ttl",
                inputs.defaultLeaseTtlSeconds().orElse(0),
                "max_lease_ttl",
                inputs.maxLeaseTtlSeconds().orElse(0));
    }

    private static Map<String, Object> tuning(Inputs inputs) {
        var tuning = new LinkedHashMap<String, Object>(leases(inputs));
        tuning.put("description", inputs.description().orElse(""));
        if (inputs.options().isPresent()) {
            tuning.put("options", inputs.options().get());
        }
        return tuning;
    }
}
