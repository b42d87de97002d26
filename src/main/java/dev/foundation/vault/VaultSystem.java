package dev.foundation.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Vault's {@code sys/} paths: secret engines, auth methods, audit devices, policies. Paths of mounts are without slashes at their ends. */
public final class VaultSystem {
    private final VaultClient client;

    VaultSystem(VaultClient client) {
        this.client = client;
    }

    /** The entry of a secret engine, as {@code sys/mounts} lists it; empty if nothing is mounted there. */
    public Optional<JsonNode> mount(String path) throws IOException, InterruptedException {
        return entry("sys/mounts", path);
    }

    public void enableMount(String path, Map<String, ?> settings) throws IOException, InterruptedException {
        var ignored = client.write("sys/mounts/" + path, settings);
    }

    public void tuneMount(String path, Map<String, ?> settings) throws IOException, InterruptedException {
        var ignored = client.write("sys/mounts/" + path + "/tune", settings);
    }

    /** Removes the engine with everything in it. */
    public void disableMount(String path) throws IOException, InterruptedException {
        client.delete("sys/mounts/" + path);
    }

    public Optional<JsonNode> authMethod(String path) throws IOException, InterruptedException {
        return entry("sys/auth", path);
    }

    public void enableAuthMethod(String path, Map<String, ?> settings) throws IOException, InterruptedException {
        var ignored = client.write("sys/auth/" + path, settings);
    }

    public void tuneAuthMethod(String path, Map<String, ?> settings) throws IOException, InterruptedException {
        var ignored = client.write("sys/auth/" + path + "/tune", settings);
    }

    public void disableAuthMethod(String path) throws IOException, InterruptedException {
        client.delete("sys/auth/" + path);
    }

    public Optional<JsonNode> auditDevice(String path) throws IOException, InterruptedException {
        return entry("sys/audit", path);
    }

    /** Vault writes a test entry at once, and refuses a device that it cannot write to. */
    public void enableAuditDevice(String path, Map<String, ?> settings) throws IOException, InterruptedException {
        var ignored = client.write("sys/audit/" + path, settings);
    }

    public void disableAuditDevice(String path) throws IOException, InterruptedException {
        client.delete("sys/audit/" + path);
    }

    public Optional<String> policy(String name) throws IOException, InterruptedException {
        return client.read("sys/policies/acl/" + name)
                .map(answer -> answer.at("/data/policy").asText());
    }

    public void writePolicy(String name, String rules) throws IOException, InterruptedException {
        var ignored = client.write("sys/policies/acl/" + name, Map.of("policy", rules));
    }

    public void deletePolicy(String name) throws IOException, InterruptedException {
        client.delete("sys/policies/acl/" + name);
    }

    private Optional<JsonNode> entry(String list, String path) throws IOException, InterruptedException {
        return client.read(list)
                .map(answer -> answer.path("data").path(path + "/"))
                .filter(JsonNode::isObject);
    }
}
