package dev.foundation.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The package's schema, written from the records of its handlers (Pulumi's package schema, JSON). */
final class SchemaWriter {
    private final ProviderPackage served;
    private final Map<String, Object> types = new TreeMap<>();

    SchemaWriter(ProviderPackage served) {
        this.served = served;
    }

    String write(Collection<ResourceService<?, ?>> resources) {
        var described = new TreeMap<String, Object>();
        resources.forEach(resource -> described.put(resource.handler().token(), resource(resource)));
        var settings = new TreeMap<String, Object>();
        served.settings()
                .forEach(setting -> settings.put(
                        setting.name(),
                        setting.secret() ? Map.of("type", "string", "secret", true) : Map.of("type", "string")));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("name", served.name());
        schema.put("version", served.version());
        schema.put("meta", Map.of("moduleFormat", "(.*)(?:/[^/]*)"));
        schema.put("config", Map.of("variables", settings));
        schema.put("provider", Map.of("inputProperties", settings));
        schema.put("types", types);
        schema.put("resources", described);
        try {
            return new JsonMapper().writeValueAsString(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain data is always JSON", e);
        }
    }

    private Map<String, Object> resource(ResourceService<?, ?> resource) {
        List<Shape.Field> inputs = resource.inputs().fields();
        List<Shape.Field> outputs = resource.outputs().fields();
        var all = new LinkedHashMap<String, Shape.Field>();
        inputs.forEach(field -> all.put(field.name(), field));
        outputs.forEach(field -> all.put(field.name(), field));
        return Map.of(
                "inputProperties", properties(inputs),
                "requiredInputs", required(inputs),
                "properties", properties(List.copyOf(all.values())),
                "required", required(List.copyOf(all.values())));
    }

    private Map<String, Object> properties(List<Shape.Field> fields) {
        var properties = new LinkedHashMap<String, Object>();
        for (Shape.Field field : fields) {
            var property = new LinkedHashMap<>(type(field.shape()));
            if (field.secret()) {
                property.put("secret", true);
            }
            if (field.replaces()) {
                property.put("replaceOnChanges", true);
            }
            properties.put(field.name(), property);
        }
        return properties;
    }

    private static List<String> required(List<Shape.Field> fields) {
        var required = new ArrayList<String>();
        fields.stream()
                .filter(field -> !field.optional())
                .map(Shape.Field::name)
                .forEach(required::add);
        return required;
    }

    private Map<String, Object> type(Shape shape) {
        return switch (shape) {
            case Shape.Scalar scalar -> Map.of("type", scalar.schemaName);
            case Shape.Anything _ -> Map.of("$ref", "pulumi.json#/Any");
            case Shape.ListOf(var element) -> Map.of("type", "array", "items", type(element));
            case Shape.MapOf(var value) -> Map.of("type", "object", "additionalProperties", type(value));
            case Shape.Structure structure -> {
                String token = served.name() + ":index:" + structure.type().getSimpleName();
                types.put(
                        token,
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                properties(structure.fields()),
                                "required",
                                required(structure.fields())));
                yield Map.of("$ref", "#/types/" + token);
            }
        };
    }
}
