package dev.foundation.plugin.forgejo;

import dev.foundation.forgejo.ForgejoApi;
import dev.foundation.forgejo.ForgejoException;
import dev.foundation.plugin.Patience;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An organisation. Forgejo itself refuses to delete one that owns repositories. */
public final class ForgejoOrganization
        implements ResourceHandler<ForgejoOrganization.Inputs, ForgejoOrganization.Outputs> {
    private static final List<String> VISIBILITIES = List.of("private", "limited", "public");

    /**
     * @param username of an administrator
     * @param visibility {@code private} by default, {@code limited} or {@code public}
     */
    public record Inputs(
            String url,
            String username,
            @Secret String password,
            @ReplaceOnChange String name,
            Optional<String> visibility) {
        ForgejoApi connect() {
            return ForgejoApi.withPassword(URI.create(url), username, password);
        }

        String seenBy() {
            return visibility.orElse("private");
        }

        String path() {
            return "orgs/" + ForgejoApi.part(name);
        }

        @Override
        public String toString() {
            return "organisation " + name + " at " + url;
        }
    }

    /** @param organization the name, for resources that must wait for it */
    public record Outputs(String organization) {}

    @Override
    public String token() {
        return "foundation:index:ForgejoOrganization";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        return Server.check(inputs.url())
                .filled("username", inputs.username())
                .filled("password", inputs.password())
                .matching("name", inputs.name(), Server.NAME, Server.NAME_RULE)
                .unless(
                        VISIBILITIES.contains(inputs.seenBy()),
                        "visibility",
                        "must be one of " + String.join(", ", VISIBILITIES))
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        try (var api = inputs.connect()) {
            Patience.wait(Patience.USUAL, run, ForgejoException::isTransient, () -> bring(api, inputs));
        }
        return new Created<>(inputs.name(), new Outputs(inputs.name()));
    }

    private static boolean bring(ForgejoApi api, Inputs inputs) throws IOException, InterruptedException {
        var found = api.get("look for organisation " + inputs.name(), inputs.path());
        if (found.isEmpty()) {
            api.post(
                    "create organisation " + inputs.name(),
                    "orgs",
                    Map.of("username", inputs.name(), "visibility", inputs.seenBy()));
        } else if (!found.get().path("visibility").asText().equals(inputs.seenBy())) {
            api.patch("change organisation " + inputs.name(), inputs.path(), Map.of("visibility", inputs.seenBy()));
        }
        return true;
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        if (known.isEmpty()) {
            throw new IOException(
                    "organisation " + id + " needs no import: declare it and run up, which adopts one that is there");
        }
        var was = known.get().inputs();
        try (var api = was.connect()) {
            return api.get("look for organisation " + id, was.path()).map(found -> {
                var seenBy = found.path("visibility").asText();
                var now = new Inputs(
                        was.url(),
                        was.username(),
                        was.password(),
                        was.name(),
                        seenBy.equals(was.seenBy()) ? was.visibility() : Optional.of(seenBy));
                return new Current<>(now, known.get().outputs());
            });
        }
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return create(inputs, run).outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        try (var api = old.inputs().connect()) {
            api.delete("delete organisation " + id, old.inputs().path());
        }
    }
}
