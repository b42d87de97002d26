package dev.foundation.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
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
        return patiently(() -> client.read(data(name)))
                .map(answer -> new Version(answer.at("/data/data"), answer.at("/data/metadata")))
                .filter(version -> version.data().isObject());
    }

    /**
     * Writes a new version.
     *
     * @param options such as {@code cas}; may be empty
     */
    public void write(String name, Object data, Map<String, ?> options) throws IOException, InterruptedException {
        Map<String, ?> body = options.isEmpty() ? Map.of("data", data) : Map.of("data", data, "options", options);
        var ignored = patiently(() -> client.write(data(name), body));
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
        return patiently(() -> client.read(mount + "/config")).map(answer -> answer.path("data"));
    }

    public void writeConfig(Map<String, ?> settings) throws IOException, InterruptedException {
        var ignored = patiently(() -> client.write(mount + "/config", settings));
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    /** A new engine of version 2 refuses everything for a moment while it sets itself up; that passes within seconds. */
    private static <T> T patiently(Call<T> call) throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                return call.run();
            } catch (VaultException e) {
                boolean settingUp =
                        String.valueOf(e.getMessage()).contains("Upgrading from non-versioned to versioned");
                if (!settingUp || attempt >= 40) {
                    throw e;
                }
                Thread.sleep(Duration.ofMillis(250));
            }
        }
    }

    private String data(String name) {
        return mount + "/data/" + name;
    }

    private String metadata(String name) {
        return mount + "/metadata/" + name;
    }
}
