package dev.foundation.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.forgejo.ForgejoApi;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Forgejo over HTTP.
 *
 * @param url of the restored server, whatever its own configuration says it is called
 * @param repository {@code owner/name}
 * @param work a folder for clones
 */
public record HttpForge(URI url, String user, Secret<String> password, String repository, Path work)
        implements Scratch.Forge {
    private static final int PAGE = 50;
    private static final int MOST_PAGES = 200;

    public HttpForge {
        if (repository.split("/", -1).length != 2) {
            throw new IllegalArgumentException("a repository is owner/name, not " + repository);
        }
    }

    String owner() {
        return repository.split("/", -1)[0];
    }

    String name() {
        return repository.split("/", -1)[1];
    }

    /** From the list of branches: that is the database's, which a push reaches through the hooks only. */
    @Override
    public Optional<String> branch(String wanted) throws IOException, InterruptedException {
        String path = "repos/" + ForgejoApi.part(owner()) + "/" + ForgejoApi.part(name()) + "/branches";
        try (var api = ForgejoApi.withPassword(url, user, password.expose())) {
            for (int page = 1; page <= MOST_PAGES; page++) {
                Optional<JsonNode> found =
                        api.get("list the branches of " + repository, path + "?limit=" + PAGE + "&page=" + page);
                if (found.isEmpty() || found.get().isEmpty()) {
                    return Optional.empty();
                }
                for (JsonNode each : found.get()) {
                    if (each.path("name").asText().equals(wanted)) {
                        return Optional.of(each.path("commit").path("id").asText());
                    }
                }
            }
        }
        throw new IOException(repository + " has more than " + MOST_PAGES * PAGE + " branches");
    }

    @Override
    public Scratch.Clone copy() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(work), "clone-");
        var clone = new ScratchClone(this, folder);
        try {
            clone.fetch();
        } catch (IOException | InterruptedException | RuntimeException e) {
            clone.close();
            throw e;
        }
        return clone;
    }
}
