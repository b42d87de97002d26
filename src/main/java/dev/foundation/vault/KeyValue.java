package dev.foundation.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One key-value engine of version 2. Secret names are paths below the mount, such as {@code postgres/admin-credentials}. */
public final class KeyValue {
    private final VaultClient client;
    private final String mount;

    KeyValue(VaultClient client, String mount) {
        this.client = client;
        this.mount = mount;
    }

    /** One version: its data (an object) and its metadata ({@code version}, {@code created_time}, {@code custom_metadata}). */
    public record Version(JsonNode data, JsonNode metadata) {
        /** Never prints the data. */
        @Override
        public String toString() {
            return "Version[" + metadata + "]";
        }
    }

    /** The newest version; empty if there is none or it is deleted. */
    public Optional<Version> read(String name) throws IOException, InterruptedException {
        try {
            return client.read(data(name))
                    .map(answer -> new Version(answer.at("/data/data"), answer.at("/data/metadata")))
                    .filter(version -> version.data().isObject());
        } catch (VaultException e) {
            // A deleted version answers 404 with its metadata as the body.
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Writes a new version. @param options such as {@code cas}; may be empty */
    public void write(String name, Object data, Map<String, ?> options) throws IOException, InterruptedException {
        var ignored = client.write(
                data(name), options.isEmpty() ? Map.of("data", data) : Map.of("data", data, "options", options));
    }

    /** The newest version only; it can be undeleted. */
    public void deleteNewest(String name) throws IOException, InterruptedException {
        client.delete(data(name));
    }

    /** The key with all its versions, for good. */
    public void deleteMetadata(String name) throws IOException, InterruptedException {
        client.delete(metadata(name));
    }

    public Optional<JsonNode> readMetadata(String name) throws IOException, InterruptedException {
        return client.read(metadata(name)).map(answer -> answer.path("data"));
    }

    public void writeMetadata(String name, Map<String, ?> settings) throws IOException, InterruptedException {
        var ignored = client.write(metadata(name), settings);
    }

    /** Names below a folder; those that end in a slash are folders. */
    public List<String> list(String folder) throws IOException, InterruptedException {
        return client.list(metadata(folder));
    }

    public Optional<JsonNode> readConfig() throws IOException, InterruptedException {
        return client.read(mount + "/config").map(answer -> answer.path("data"));
    }

    public void writeConfig(Map<String, ?> settings) throws IOException, InterruptedException {
        var ignored = client.write(mount + "/config", settings);
    }

    private String data(String name) {
        return mount + "/data/" + name;
    }

    private String metadata(String name) {
        return mount + "/metadata/" + name;
    }
}
