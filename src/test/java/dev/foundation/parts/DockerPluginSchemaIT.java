package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.ResourceProviderGrpc;

/** The docker plugin that is built here against the official schema, for what the foundation uses of it. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class DockerPluginSchemaIT {
    /** Gone upstream: Docker has checked for duplicates by itself since API 1.44, and buildArg became buildArgs. */
    private static final Set<String> KNOWN_DIFFERENCES = Set.of(
            "docker:index/network:Network checkDuplicate", "docker:index/RemoteImageBuild:RemoteImageBuild buildArg");

    /** Here a changed health check replaces the container; the official schema does not say so. */
    private static final String STRICTER = "docker:index/container:Container healthcheck";

    private static final ObjectMapper JSON = new ObjectMapper();

    @SuppressWarnings("NullAway.Init")
    private static JsonNode official;

    @SuppressWarnings("NullAway.Init")
    private static JsonNode built;

    @SuppressWarnings("NullAway.Init")
    private static Process plugin;

    @BeforeAll
    static void askThePlugin() throws Exception {
        var workshop = Workshop.open(System.getenv(), event -> {});
        // Built already by ./foundation test; else it is built now.
        Path folder = workshop.builder().prepare(workshop.recipes().recipe("pulumi-resource-docker"));
        plugin = new ProcessBuilder(folder.resolve("pulumi-resource-docker").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new BufferedReader(new InputStreamReader(plugin.getInputStream(), StandardCharsets.UTF_8));
        int port = Integer.parseInt(out.readLine().strip());
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
        try {
            String schema = ResourceProviderGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .getSchema(GetSchemaRequest.getDefaultInstance())
                    .getSchema();
            built = JSON.readTree(schema);
        } finally {
            channel.shutdownNow();
        }
        official = JSON.readTree(DockerPluginSchemaIT.class.getResource("/schemas/docker.json"));
    }

    @AfterAll
    static void stopThePlugin() {
        plugin.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"container:Container", "network:Network", "volume:Volume", "remoteImage:RemoteImage"})
    void everyPropertyHasItsOfficialNameAndType(String type) {
        String token = "docker:index/" + type;
        for (String side : List.of("inputProperties", "properties")) {
            compare(
                    side,
                    token,
                    official.path("resources").path(token).path(side),
                    built.path("resources").path(token).path(side));
        }
        assertThat(texts(built.path("resources").path(token).path("requiredInputs")))
                .isEqualTo(texts(official.path("resources").path(token).path("requiredInputs")));
    }

    private static void compare(String side, String owner, JsonNode expected, JsonNode found) {
        assertThat(expected.size()).as("the official schema of " + owner).isPositive();
        Map<String, String> missing = new HashMap<>();
        expected.properties().forEach(property -> {
            String name = owner + " " + property.getKey();
            if (KNOWN_DIFFERENCES.contains(name)) {
                return;
            }
            JsonNode other = found.path(property.getKey());
            String expectedShape = shape(property.getValue())
                    + (side.equals("inputProperties") && name.equals(STRICTER) ? ", replaces" : "");
            if (!expectedShape.equals(shape(other))) {
                missing.put(name, "official " + shape(property.getValue()) + ", built " + shape(other));
            }
            String reference = reference(property.getValue());
            if (!reference.isEmpty()) {
                compare(
                        side,
                        reference,
                        official.path("types").path(reference).path("properties"),
                        built.path("types").path(reference).path("properties"));
            }
        });
        assertThat(missing).as(owner).isEmpty();
    }

    /**
     * What the wire and the SDK depend on: the type, down through lists, and whether a change replaces the resource. Maps are maps: the official
     * schema lets their values be anything, upstream has since said that they are strings.
     */
    private static String shape(JsonNode property) {
        if (property.isMissingNode()) {
            return "absent";
        }
        return property.path("type").asText()
                + (property.has("items") ? " of " + shape(property.path("items")) : "")
                + (property.path("$ref").asText().startsWith("#/types/docker")
                        ? property.path("$ref").asText()
                        : "")
                + (property.path("willReplaceOnChanges").asBoolean() ? ", replaces" : "");
    }

    private static String reference(JsonNode property) {
        JsonNode inner = property.has("items") ? property.path("items") : property;
        String reference = inner.path("$ref").asText();
        return reference.startsWith("#/types/docker") ? reference.substring("#/types/".length()) : "";
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @org.junit.jupiter.api.Test
    void itIsTheVersionThatTheSdkAsksFor() throws Exception {
        assertThat(built.path("version").asText())
                .isEqualTo(
                        Workshop.open(System.getenv(), event -> {}).versions().of("pulumi-resource-docker"));
        assertThat(built.path("name").asText()).isEqualTo("docker");
    }
}
