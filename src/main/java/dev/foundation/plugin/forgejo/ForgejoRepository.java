package dev.foundation.plugin.forgejo;

import com.fasterxml.jackson.databind.JsonNode;
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

/** A repository, empty at first, of an organisation or a user. One that is there is adopted; one with commits is deleted only when told to. */
public final class ForgejoRepository implements ResourceHandler<ForgejoRepository.Inputs, ForgejoRepository.Outputs> {
    /**
     * @param username of an administrator
     * @param isPrivate true by default
     * @param defaultBranch {@code main} by default
     * @param forceDestroy whether deleting the resource may delete commits; false by default
     */
    public record Inputs(
            String url,
            String username,
            @Secret String password,
            @ReplaceOnChange String owner,
            @ReplaceOnChange String name,
            Optional<Boolean> isPrivate,
            Optional<String> defaultBranch,
            Optional<Boolean> forceDestroy) {
        ForgejoApi connect() {
            return ForgejoApi.withPassword(URI.create(url), username, password);
        }

        boolean hidden() {
            return isPrivate.orElse(true);
        }

        String branch() {
            return defaultBranch.orElse("main");
        }

        String full() {
            return owner + "/" + name;
        }

        String path() {
            return "repos/" + ForgejoApi.part(owner) + "/" + ForgejoApi.part(name);
        }

        @Override
        public String toString() {
            return "repository " + full() + " at " + url;
        }
    }

    /** @param fullName owner and name, for resources that must wait for it */
    public record Outputs(String fullName) {}

    @Override
    public String token() {
        return "foundation:index:ForgejoRepository";
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
                .matching("owner", inputs.owner(), Server.NAME, Server.NAME_RULE)
                .matching("name", inputs.name(), Server.NAME, Server.NAME_RULE)
                .filled("defaultBranch", inputs.branch())
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        try (var api = inputs.connect()) {
            Patience.wait(Patience.USUAL, run, ForgejoException::isTransient, () -> bring(api, inputs));
        }
        return new Created<>(inputs.full(), new Outputs(inputs.full()));
    }

    private static boolean bring(ForgejoApi api, Inputs inputs) throws IOException, InterruptedException {
        var found = api.get("look for repository " + inputs.full(), inputs.path());
        if (found.isEmpty()) {
            var organisation = api.get(
                            "look for organisation " + inputs.owner(), "orgs/" + ForgejoApi.part(inputs.owner()))
                    .isPresent();
            api.post(
                    "create repository " + inputs.full(),
                    (organisation ? "orgs/" : "admin/users/") + ForgejoApi.part(inputs.owner()) + "/repos",
                    Map.of(
                            "name",
                            inputs.name(),
                            "private",
                            inputs.hidden(),
                            "default_branch",
                            inputs.branch(),
                            "auto_init",
                            false));
        } else if (!isAsAsked(found.get(), inputs)) {
            api.patch(
                    "change repository " + inputs.full(),
                    inputs.path(),
                    Map.of("private", inputs.hidden(), "default_branch", inputs.branch()));
        }
        return true;
    }

    private static boolean isAsAsked(JsonNode found, Inputs inputs) {
        return found.path("private").asBoolean() == inputs.hidden()
                && found.path("default_branch").asText().equals(inputs.branch());
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        if (known.isEmpty()) {
            throw new IOException(
                    "repository " + id + " needs no import: declare it and run up, which adopts one that is there");
        }
        var was = known.get().inputs();
        try (var api = was.connect()) {
            return api.get("look for repository " + id, was.path()).map(found -> {
                boolean hidden = found.path("private").asBoolean();
                var branch = found.path("default_branch").asText();
                var now = new Inputs(
                        was.url(),
                        was.username(),
                        was.password(),
                        was.owner(),
                        was.name(),
                        hidden == was.hidden() ? was.isPrivate() : Optional.of(hidden),
                        branch.equals(was.branch()) ? was.defaultBranch() : Optional.of(branch),
                        was.forceDestroy());
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
        var inputs = old.inputs();
        try (var api = inputs.connect()) {
            var found = api.get("look for repository " + id, inputs.path());
            if (found.isEmpty()) {
                return;
            }
            if (!inputs.forceDestroy().orElse(false) && api.hasReferences(inputs.owner() + "/" + inputs.name())) {
                throw new IOException(
                        "repository " + id
                                + " holds commits and was kept: delete it in Forgejo, or set forceDestroy, run up, and delete again");
            }
            api.delete("delete repository " + id, inputs.path());
        }
    }
}
