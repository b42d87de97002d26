package dev.foundation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.foundation.plugin.ProviderPackage;
import dev.foundation.plugin.ProviderServer;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.ResourceProviderGrpc;

/** A provider package's schema, and what it says against the inputs of one registration. */
record Schema(JsonNode document) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The maker's own, trimmed, from the test's resources. */
    static Schema official(String name) throws IOException {
        try (var in = Objects.requireNonNull(Schema.class.getResourceAsStream("/schemas/" + name + ".json"))) {
            return new Schema(JSON.readTree(in));
        }
    }

    /** What one of our packages answers to the engine's {@code GetSchema}. */
    static Schema served(ProviderPackage served) throws IOException {
        try (var server = ProviderServer.start(served, "")) {
            var channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                    .usePlaintext()
                    .build();
            try {
                return new Schema(JSON.readTree(ResourceProviderGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .getSchema(GetSchemaRequest.getDefaultInstance())
                        .getSchema()));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    Optional<JsonNode> resource(String token) {
        return Optional.ofNullable(document.path("resources").get(token));
    }

    /** The schema's name for a type, in Java's words: {@code List<Map<String,Integer>>}; a type with a name of its own by its last word. */
    static String javaType(JsonNode property) {
        if (property.has("javaType")) {
            return property.get("javaType").asText();
        }
        if (property.has("$ref")) {
            String reference = property.get("$ref").asText();
            return reference.substring(Math.max(reference.lastIndexOf(':'), reference.lastIndexOf('/')) + 1);
        }
        return switch (property.path("type").asText()) {
            case "string" -> "String";
            case "boolean" -> "Boolean";
            case "integer" -> "Integer";
            case "number" -> "Double";
            case "array" -> "List<" + javaType(property.get("items")) + ">";
            case "object" ->
                "Map<String,"
                        + (property.has("additionalProperties")
                                ? javaType(property.get("additionalProperties"))
                                : "Any")
                        + ">";
            default -> property.toString();
        };
    }

    /** Everything in the inputs that the schema does not know, wants otherwise, or misses. */
    List<String> problems(String token, Struct inputs) {
        JsonNode resource = resource(token).orElse(null);
        if (resource == null) {
            return List.of(token + " is in no schema");
        }
        List<String> problems = new ArrayList<>();
        object(token, resource.path("inputProperties"), resource.path("requiredInputs"), inputs, problems);
        return problems;
    }

    private void object(String where, JsonNode properties, JsonNode required, Struct value, List<String> problems) {
        var missing = new TreeSet<String>();
        required.forEach(each -> missing.add(each.asText()));
        properties.properties().stream()
                .filter(each -> each.getValue().path("required").asBoolean())
                .forEach(each -> missing.add(each.getKey()));
        value.getFieldsMap().forEach((name, each) -> {
            if (!each.hasNullValue()) {
                missing.remove(name);
                if (properties.has(name)) {
                    check(where + "." + name, properties.get(name), each, problems);
                } else {
                    problems.add(where + " has no property " + name);
                }
            }
        });
        missing.forEach(name -> problems.add(where + " misses " + name));
    }

    private void check(String where, JsonNode property, Value sent, List<String> problems) {
        Value value = RecordingMonitor.isSecret(sent) ? sent.getStructValue().getFieldsOrThrow("value") : sent;
        String type = javaType(property);
        boolean fits = switch (value.getKindCase()) {
            case STRING_VALUE -> type.equals("String") || RecordingMonitor.isUnknown(value);
            case BOOL_VALUE -> type.equals("Boolean");
            case NUMBER_VALUE -> type.equals("Double") || type.equals("Integer") && value.getNumberValue() % 1 == 0;
            case LIST_VALUE -> type.startsWith("List<");
            case STRUCT_VALUE -> type.startsWith("Map<") || property.has("$ref");
            default -> false;
        };
        if (!fits && !type.equals("Any")) {
            problems.add(where + " is to be " + type + " and is a " + value.getKindCase());
        } else if (value.hasListValue() && property.has("items")) {
            value.getListValue()
                    .getValuesList()
                    .forEach(each -> check(where + "[]", property.get("items"), each, problems));
        } else if (value.hasStructValue() && property.has("additionalProperties")) {
            value.getStructValue()
                    .getFieldsMap()
                    .forEach((key, each) ->
                            check(where + "." + key, property.get("additionalProperties"), each, problems));
        } else if (value.hasStructValue() && property.path("$ref").asText().startsWith("#/types/")) {
            JsonNode named =
                    document.path("types").path(property.get("$ref").asText().substring("#/types/".length()));
            object(where, named.path("properties"), named.path("required"), value.getStructValue(), problems);
        }
    }
}
