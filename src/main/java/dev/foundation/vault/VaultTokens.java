package dev.foundation.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;

/** Tokens: about this one, children of it, and the end of any. */
public final class VaultTokens {
    private final VaultClient client;

    VaultTokens(VaultClient client) {
        this.client = client;
    }

    /** What Vault knows of the client's own token: policies, ttl, renewable. */
    public JsonNode lookupSelf() throws IOException, InterruptedException {
        return client.read("auth/token/lookup-self")
                .map(answer -> answer.path("data"))
                .orElseThrow();
    }

    /**
     * A child of the client's token.
     *
     * @param settings such as {@code policies}, {@code ttl}
     */
    public String create(Map<String, ?> settings) throws IOException, InterruptedException {
        return client.write("auth/token/create", settings)
                .at("/auth/client_token")
                .asText();
    }

    public void revokeSelf() throws IOException, InterruptedException {
        var ignored = client.write("auth/token/revoke-self", Map.of());
    }

    /** Ends another token and its children. */
    public void revoke(String token) throws IOException, InterruptedException {
        var ignored = client.write("auth/token/revoke", Map.of("token", token));
    }

    /**
     * Ends every token but the client's own, which must be a root token, or be allowed as much.
     *
     * @return how many there were
     */
    public int revokeOthers() throws IOException, InterruptedException {
        String own = lookupSelf().path("accessor").asText();
        int revoked = 0;
        for (String accessor : client.list("auth/token/accessors")) {
            if (!accessor.equals(own) && ended(accessor)) {
                revoked++;
            }
        }
        return revoked;
    }

    private boolean ended(String accessor) throws IOException, InterruptedException {
        try {
            var ignored = client.write("auth/token/revoke-accessor", Map.of("accessor", accessor));
            return true;
        } catch (VaultException e) {
            // A child goes with its parent, and some expire meanwhile: Vault answers that the accessor is invalid.
            if (client.list("auth/token/accessors").contains(accessor)) {
                throw e;
            }
            return false;
        }
    }
}
