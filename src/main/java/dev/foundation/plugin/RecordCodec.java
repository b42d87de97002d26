package dev.foundation.plugin;

import dev.foundation.plugin.Property.Fields;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns properties into one record type and back. Secrets are unwrapped on the way in and wrapped, where marked, on the way out. */
final class RecordCodec<R extends Record> {
    private final Class<R> type;
    private final Shape.Structure shape;

    RecordCodec(Class<R> type) {
        this.type = type;
        this.shape = Shape.of(type);
    }

    List<Shape.Field> fields() {
        return shape.fields();
    }

    Optional<Shape.Field> field(String name) {
        return shape.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst();
    }

    /**
     * The record, or what is wrong with it, all at once. Neither record nor problem means that a value is not known yet.
     * Names that the record does not have are ignored; {@link ResourceService} refuses them in inputs.
     */
    Decoded<R> decode(Fields properties) {
        var problems = new ArrayList<Problem>();
        Object record = structure(shape, properties, "", problems);
        Optional<R> value = problems.isEmpty() ? Optional.ofNullable(record).map(type::cast) : Optional.empty();
        return new Decoded<>(value, List.copyOf(problems));
    }

    record Decoded<R>(Optional<R> value, List<Problem> problems) {}

    Fields encode(Record value) {
        return fields(shape, value);
    }

    /** Null if something in it is unknown or wrong; what is wrong is added to the problems. */
    private static @Nullable Object decode(Shape shape, Property property, String path, List<Problem> problems) {
        if (property instanceof Property.Hidden(var hidden)) {
            return decode(shape, hidden, path, problems);
        }
        if (property instanceof Property.Unknown) {
            return null;
        }
        return switch (shape) {
            case Shape.Scalar scalar -> scalar(scalar, property, path, problems);
            case Shape.Anything _ -> property.hasUnknown() ? null : property.plain();
            case Shape.ListOf(var element) -> list(element, property, path, problems);
            case Shape.MapOf(var value) -> map(value, property, path, problems);
            case Shape.Structure structure -> structure(structure, property, path, problems);
        };
    }

    private static @Nullable Object scalar(
            Shape.Scalar scalar, Property property, String path, List<Problem> problems) {
        switch (scalar) {
            case TEXT -> {
                if (property instanceof Property.Text(var text)) {
                    return text;
                }
            }
            case BOOLEAN -> {
                if (property instanceof Property.Bool(var bool)) {
                    return bool;
                }
            }
            case INTEGER -> {
                if (property instanceof Property.Num(var number) && number == (int) number) {
                    return (int) number;
                }
            }
            case LONG -> {
                // Past 2^53 a double no longer names one whole number.
                if (property instanceof Property.Num(var number)
                        && number == Math.rint(number)
                        && Math.abs(number) <= 0x1p53) {
                    return (long) number;
                }
            }
            case DOUBLE -> {
                if (property instanceof Property.Num(var number)) {
                    return number;
                }
            }
        }
        String wanted = switch (scalar) {
            case TEXT -> "text";
            case BOOLEAN -> "true or false";
            case INTEGER -> "a whole number of at most 31 bits";
            case LONG -> "a whole number of at most 53 bits";
            case DOUBLE -> "a number";
        };
        return wrong(wanted, property, path, problems);
    }

    private static @Nullable Object list(Shape element, Property property, String path, List<Problem> problems) {
        if (!(property instanceof Property.Items(var values))) {
            return wrong("a list", property, path, problems);
        }
        var items = new ArrayList<Object>();
        for (int i = 0; i < values.size(); i++) {
            Object item = decode(element, values.get(i), path + "[" + i + "]", problems);
            if (item != null) {
                items.add(item);
            }
        }
        return items.size() == values.size() ? List.copyOf(items) : null;
    }

    private static @Nullable Object map(Shape element, Property property, String path, List<Problem> problems) {
        if (!(property instanceof Fields(var values))) {
            return wrong("an object", property, path, problems);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Object field = decode(element, value, path + "[\"" + name + "\"]", problems);
            if (field != null) {
                fields.put(name, field);
            }
        });
        return fields.size() == values.size() ? java.util.Collections.unmodifiableMap(fields) : null;
    }

    private static @Nullable Object structure(
            Shape.Structure shape, Property property, String path, List<Problem> problems) {
        if (!(property instanceof Fields(var values))) {
            return wrong("an object", property, path, problems);
        }
        var arguments = new ArrayList<Object>();
        for (Shape.Field field : shape.fields()) {
            String name = path.isEmpty() ? field.name() : path + "." + field.name();
            Property value = values.get(field.name());
            if (value == null) {
                if (field.optional()) {
                    arguments.add(Optional.empty());
                } else {
                    problems.add(new Problem(name, "is required"));
                }
                continue;
            }
            Object decoded = decode(field.shape(), value, name, problems);
            if (decoded != null) {
                arguments.add(field.optional() ? Optional.of(decoded) : decoded);
            }
        }
        return arguments.size() == shape.fields().size() ? construct(shape, arguments, path, problems) : null;
    }

    private static @Nullable Object construct(
            Shape.Structure shape, List<Object> arguments, String path, List<Problem> problems) {
        try {
            return shape.constructor().newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException invalid) {
                problems.add(new Problem(path, String.valueOf(invalid.getMessage())));
                return null;
            }
            throw new IllegalStateException("cannot make a " + shape.type().getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + shape.type().getName(), e);
        }
    }

    private static @Nullable Object wrong(String wanted, Property property, String path, List<Problem> problems) {
        problems.add(new Problem(path, "must be " + wanted + ", not " + property.kind()));
        return null;
    }

    private static Property encode(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Scalar _, Shape.Anything _ -> Property.of(value);
            case Shape.ListOf(var element) ->
                new Property.Items(((List<?>) value)
                        .stream().map(item -> encode(element, item)).toList());
            case Shape.MapOf(var element) -> {
                var fields = new LinkedHashMap<String, Property>();
                ((Map<?, ?>) value).forEach((name, item) -> fields.put((String) name, encode(element, item)));
                yield new Fields(fields);
            }
            case Shape.Structure structure -> fields(structure, value);
        };
    }

    private static Fields fields(Shape.Structure shape, Object record) {
        var fields = new LinkedHashMap<String, Property>();
        for (Shape.Field field : shape.fields()) {
            Optional<?> value = component(field, record);
            if (value.isPresent()) {
                Property encoded = encode(field.shape(), value.get());
                fields.put(field.name(), field.secret() ? encoded.hide() : encoded);
            }
        }
        return new Fields(fields);
    }

    private static Optional<?> component(Shape.Field field, Object record) {
        try {
            Object value = field.accessor().invoke(record);
            return value instanceof Optional<?> optional ? optional : Optional.of(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + field.accessor(), e);
        }
    }
}
