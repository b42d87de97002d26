package dev.foundation.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The AppRole method at one mount: roles, their secret ids, and the login with both. */
public final class AppRole {
    private final VaultClient client;
    private final String mount;

    AppRole(VaultClient client, String mount) {
        this.client = client;
        this.mount = mount;
    }

    /** A secret id and the accessor that manages it without knowing it. */
    public record SecretId(String secretId, String accessor) {
        @Override
        public String toString() {
            return "SecretId[" + accessor + "]";
        }
    }

    public Optional<JsonNode> role(String name) throws IOException, InterruptedException {
        return client.read(path(name)).map(answer -> answer.path("data"));
    }

    public void writeRole(String name, Map<String, ?> settings) throws IOException, InterruptedException {
        var ignored = client.write(path(name), settings);
    }

    public void deleteRole(String name) throws IOException, InterruptedException {
        client.delete(path(name));
    }

    /** Empty if there is no such role. */
    public Optional<String> roleId(String name) throws IOException, InterruptedException {
        return client.read(path(name) + "/role-id")
                .map(answer -> answer.at("/data/role_id").asText());
    }

    public void writeRoleId(String name, String roleId) throws IOException, InterruptedException {
        var ignored = client.write(path(name) + "/role-id", Map.of("role_id", roleId));
    }

    /** A new secret id made by Vault. */
    public SecretId issue(String role, Map<String, ?> settings) throws IOException, InterruptedException {
        return secretId(client.write(path(role) + "/secret-id", settings));
    }

    /** A secret id chosen by the caller, in {@code secret_id}. */
    public SecretId issueCustom(String role, Map<String, ?> settings) throws IOException, InterruptedException {
        return secretId(client.write(path(role) + "/custom-secret-id", settings));
    }

    /** What is known of a secret id; empty if it is used up, expired, destroyed, or its role is gone. */
    public Optional<JsonNode> lookup(String role, String accessor) throws IOException, InterruptedException {
        try {
            JsonNode answer =
                    client.write(path(role) + "/secret-id-accessor/lookup", Map.of("secret_id_accessor", accessor));
            return Optional.of(answer.path("data")).filter(JsonNode::isObject);
        } catch (VaultException e) {
            if (isGone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Succeeds when it is gone already. */
    public void destroy(String role, String accessor) throws IOException, InterruptedException {
        try {
            var ignored =
                    client.write(path(role) + "/secret-id-accessor/destroy", Map.of("secret_id_accessor", accessor));
        } catch (VaultException e) {
            if (!isGone(e)) {
                throw e;
            }
        }
    }

    /** The client token of a login; anyone with both ids may call this. */
    public String login(String roleId, String secretId) throws IOException, InterruptedException {
        return client.withToken(() -> "")
                .write("auth/" + mount + "/login", Map.of("role_id", roleId, "secret_id", secretId))
                .at("/auth/client_token")
                .asText();
    }

    private static boolean isGone(VaultException e) {
        String said = String.valueOf(e.getMessage());
        return e.status() == 404 || said.contains("failed to find accessor entry") || said.contains("does not exist");
    }

    private static SecretId secretId(JsonNode answer) {
        return new SecretId(
                answer.at("/data/secret_id").asText(),
                answer.at("/data/secret_id_accessor").asText());
    }

    private String path(String role) {
        return "auth/" + mount + "/role/" + role;
    }
}
