package dev.foundation.plugin.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Stable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An auth method. Its id is its path, which is its type unless given. */
final class AuthBackend extends VaultType<AuthBackend.Inputs, AuthBackend.Outputs> {
    record Inputs(
            @ReplaceOnChange String type, @ReplaceOnChange Optional<String> path, Optional<String> description) {}

    record Outputs(@Stable String accessor, @Stable String path) {}

    AuthBackend(Connection connection) {
        super(
                "vault:index/authBackend:AuthBackend",
                Inputs.class,
                Outputs.class,
                List.of("disableRemount", "identityTokenKey", "local", "namespace", "tune"),
                connection);
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        String path = inputs.path().orElse(inputs.type());
        var system = vault().system();
        Optional<JsonNode> there = system.authMethod(path);
        String description = inputs.description().orElse("");
        if (there.isEmpty()) {
            system.enableAuthMethod(path, Map.of("type", inputs.type(), "description", description));
        } else if (there.get().path("type").asText().equals(inputs.type())) {
            system.tuneAuthMethod(path, Map.of("description", description));
        } else {
            throw new IOException("auth method " + path + ": one of type "
                    + there.get().path("type").asText() + " is there already. Import it, or choose another path");
        }
        return new Created<>(path, outputs(path));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        return vault().system().authMethod(id).map(entry -> {
            Optional<Inputs> given = known.map(Current::inputs);
            String type = entry.path("type").asText();
            return new Current<>(
                    new Inputs(
                            type,
                            found(id, type, given.flatMap(Inputs::path)),
                            found(entry.path("description").asText(), "", given.flatMap(Inputs::description))),
                    new Outputs(entry.path("accessor").asText(), id));
        });
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        vault().system()
                .tuneAuthMethod(id, Map.of("description", inputs.description().orElse("")));
        return outputs(id);
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        vault().system().disableAuthMethod(id);
    }

    private Outputs outputs(String path) throws IOException, InterruptedException {
        return vault().system()
                .authMethod(path)
                .map(entry -> new Outputs(entry.path("accessor").asText(), path))
                .orElseThrow(() -> new IOException(
                        "auth method " + path + " was made and is not there: is another Vault answering?"));
    }
}
