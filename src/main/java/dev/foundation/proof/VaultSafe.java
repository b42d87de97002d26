package dev.foundation.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.secret.Secret;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultHealth;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * The restored Vault.
 *
 * @param token one that may read everything: the root token that the restore made
 * @param mount of the foundation's secrets, {@code foundation}
 */
public record VaultSafe(URI address, Secret<String> token, String mount) implements Scratch.Safe {
    private VaultClient client() {
        return new VaultClient(address, token::expose);
    }

    @Override
    public Optional<String> trouble() throws IOException, InterruptedException {
        VaultHealth health = client().seal().health();
        return switch (health.state()) {
            case ACTIVE -> Optional.empty();
            case STANDBY -> Optional.of("Vault is on standby, and so answers nothing by itself");
            case UNINITIALISED -> Optional.of("Vault is not initialised: no snapshot was restored into it");
            case SEALED -> Optional.of("Vault is sealed: the unseal keys did not open this snapshot");
            case OTHER -> Optional.of("Vault is neither sealed nor active: can it write to any of its audit devices?");
        };
    }

    @Override
    public Optional<Scratch.Login> postgresAdmin() throws IOException, InterruptedException {
        return client().keyValue(mount).read("postgres/admin-credentials").flatMap(found -> {
            JsonNode user = found.data().path("username");
            JsonNode password = found.data().path("password");
            return user.isTextual() && password.isTextual()
                    ? Optional.of(new Scratch.Login(user.asText(), Secret.of(password.asText())))
                    : Optional.empty();
        });
    }
}
