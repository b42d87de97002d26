package dev.foundation.plugin.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Stable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An audit device. Its id is its path, which is its type unless given. Vault changes none in place. */
final class Audit extends VaultType<Audit.Inputs, Audit.Outputs> {
    record Inputs(
            @ReplaceOnChange String type,
            @ReplaceOnChange Map<String, String> options,
            @ReplaceOnChange Optional<String> path,
            @ReplaceOnChange Optional<String> description,
            @ReplaceOnChange Optional<Boolean> local) {}

    record Outputs(@Stable String path) {}

    Audit(Connection connection) {
        super("vault:index/audit:Audit", Inputs.class, Outputs.class, List.of("namespace"), connection);
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        String path = inputs.path().orElse(inputs.type());
        var system = vault().system();
        Optional<JsonNode> there = system.auditDevice(path);
        if (there.isEmpty()) {
            system.enableAuditDevice(
                    path,
                    Map.of(
                            "type",
                            inputs.type(),
                            "description",
                            inputs.description().orElse(""),
                            "local",
                            inputs.local().orElse(false),
                            "options",
                            inputs.options()));
        } else if (!there.get().path("type").asText().equals(inputs.type())
                || !Json.strings(there.get().path("options")).equals(inputs.options())) {
            throw new IOException(
                    "audit device " + path + ": another one is there already. Import it, or choose another path");
        }
        return new Created<>(path, new Outputs(path));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        return vault().system().auditDevice(id).map(entry -> {
            Optional<Inputs> given = known.map(Current::inputs);
            String type = entry.path("type").asText();
            return new Current<>(
                    new Inputs(
                            type,
                            Json.strings(entry.path("options")),
                            found(id, type, given.flatMap(Inputs::path)),
                            found(entry.path("description").asText(), "", given.flatMap(Inputs::description)),
                            found(entry.path("local").asBoolean(), false, given.flatMap(Inputs::local))),
                    new Outputs(id));
        });
    }

    /** Only reached when an input became secret. */
    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run) {
        return old.outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        vault().system().disableAuditDevice(id);
    }
}
