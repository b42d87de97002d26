package dev.foundation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.secret.Secret;
import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent may know, read from Vault at the beginning of each run with its own AppRole, and forgotten after it. Never prints a value.
 *
 * @param vault a client whose token is the login's; it ends by itself within the hour
 */
record Credentials(VaultClient vault, Map<String, Secret<String>> values) {
    Credentials {
        values = Map.copyOf(values);
    }

    /** @param path below the mount {@code foundation}, such as {@code backup/backup-credentials} */
    static Credentials login(URI address, Path secrets, String path) throws IOException, InterruptedException {
        VaultClient anonymous = new VaultClient(address, () -> "");
        String token = anonymous
                .appRole("approle")
                .login(
                        Files.readString(secrets.resolve("role-id")).strip(),
                        Files.readString(secrets.resolve("secret-id")).strip());
        VaultClient vault = anonymous.withToken(() -> token);
        JsonNode data = vault.keyValue("foundation")
                .read(path)
                .orElseThrow(() ->
                        new IOException("Vault has no foundation/" + path + ": run `./foundation up`, which writes it"))
                .data();
        Map<String, Secret<String>> values = new HashMap<>();
        data.properties()
                .forEach(each ->
                        values.put(each.getKey(), Secret.of(each.getValue().asText())));
        return new Credentials(vault, values);
    }

    Secret<String> of(String key) throws IOException {
        return find(key)
                .orElseThrow(() -> new IOException(
                        "the backup's credentials in Vault have no " + key + ": run `./foundation up`"));
    }

    Optional<Secret<String>> find(String key) {
        return Optional.ofNullable(values.get(key))
                .filter(each -> !each.expose().isEmpty());
    }

    @Override
    public String toString() {
        return "credentials of the backup";
    }
}
