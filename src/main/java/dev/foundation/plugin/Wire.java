package dev.foundation.plugin;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Properties on the engine's wire: a protobuf {@code Struct} with Pulumi's sentinels for secrets, unknowns and output values
 * (sdk/go/common/resource: {@code sig.go}, {@code plugin/rpc.go}). Nulls mean absent and are dropped. A resource's properties whose names
 * begin with two underscores are the bookkeeping of engine and bridges: dropped, and so is what a bridge's {@code __defaults} lists,
 * since nobody gave those values.
 */
final class Wire {
    private static final String SIGNATURE = "4dabf18193072939515e22adb298388d";
    private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
    private static final String OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

    /** Pulumi has one sentinel for an unknown of each kind; this server only ever sends the first, for text. */
    private static final Set<String> UNKNOWNS = Set.of(
            "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
            "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
            "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
            "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
            "030794c1-ac77-496b-92df-f27374a8bd58",
            "e48ece36-62e2-4504-bad9-02848725956a",
            "dd056dcd-154b-4c76-9bd3-c8f88648b5ff");

    private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    private static final String DEFAULTS = "__defaults";

    private Wire() {}

    static Property.Fields fields(Struct struct) {
        Map<String, Property> fields = new LinkedHashMap<>(object(struct).values());
        fields.keySet().removeIf(name -> name.startsWith("__"));
        return new Property.Fields(fields);
    }

    static Struct struct(Property.Fields fields) {
        var struct = Struct.newBuilder();
        fields.values().forEach((name, value) -> struct.putFields(name, value(value)));
        return struct.build();
    }

    private static Optional<Property> property(Value value) {
        return switch (value.getKindCase()) {
            case BOOL_VALUE -> Optional.of(new Property.Bool(value.getBoolValue()));
            case NUMBER_VALUE -> Optional.of(new Property.Num(value.getNumberValue()));
            case STRING_VALUE ->
                Optional.of(
                        UNKNOWNS.contains(value.getStringValue())
                                ? new Property.Unknown()
                                : new Property.Text(value.getStringValue()));
            case LIST_VALUE ->
                Optional.of(new Property.Items(value.getListValue().getValuesList().stream()
                        .flatMap(item -> property(item).stream())
                        .toList()));
            case STRUCT_VALUE -> signed(value.getStructValue());
            case NULL_VALUE, KIND_NOT_SET -> Optional.empty();
        };
    }

    private static Optional<Property> signed(Struct struct) {
        String signature =
                struct.getFieldsOrDefault(SIGNATURE, Value.getDefaultInstance()).getStringValue();
        Value inner = struct.getFieldsOrDefault("value", Value.getDefaultInstance());
        return switch (signature) {
            case "" -> Optional.of(object(struct));
            case SECRET -> property(inner).map(Property::hide);
            case OUTPUT -> {
                Optional<Property> value =
                        struct.containsFields("value") ? property(inner) : Optional.of(new Property.Unknown());
                boolean secret = struct.getFieldsOrDefault("secret", Value.getDefaultInstance())
                        .getBoolValue();
                yield secret ? value.map(Property::hide) : value;
            }
            // Assets, archives and references to resources: no handler takes one, so the codec names it as a wrong
            // type.
            default -> Optional.of(object(struct));
        };
    }

    private static Property.Fields object(Struct struct) {
        Set<String> defaulted =
                struct.getFieldsOrDefault(DEFAULTS, Value.getDefaultInstance()).getListValue().getValuesList().stream()
                        .map(Value::getStringValue)
                        .collect(Collectors.toSet());
        Map<String, Property> fields = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((name, value) -> {
            if (!name.equals(DEFAULTS) && !defaulted.contains(name)) {
                property(value).ifPresent(known -> fields.put(name, known));
            }
        });
        return new Property.Fields(fields);
    }

    private static Value value(Property property) {
        var value = Value.newBuilder();
        return switch (property) {
            case Property.Bool(var bool) -> value.setBoolValue(bool).build();
            case Property.Num(var number) -> value.setNumberValue(number).build();
            case Property.Text(var text) -> value.setStringValue(text).build();
            case Property.Unknown _ -> value.setStringValue(UNKNOWN).build();
            case Property.Items(var items) -> value.setListValue(list(items)).build();
            case Property.Fields fields -> value.setStructValue(struct(fields)).build();
            case Property.Hidden(var hidden) ->
                value.setStructValue(Struct.newBuilder()
                                .putFields(
                                        SIGNATURE,
                                        Value.newBuilder()
                                                .setStringValue(SECRET)
                                                .build())
                                .putFields("value", value(hidden)))
                        .build();
        };
    }

    private static ListValue list(List<Property> items) {
        var list = ListValue.newBuilder();
        items.forEach(item -> list.addValues(value(item)));
        return list.build();
    }
}
