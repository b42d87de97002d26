package dev.foundation.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a record component may hold, read once from its Java type. A type that no property can hold is refused when the server starts. */
sealed interface Shape {
    enum Scalar implements Shape {
        TEXT("string"),
        BOOLEAN("boolean"),
        INTEGER("integer"),
        LONG("integer"),
        DOUBLE("number");

        final String schemaName;

        Scalar(String schemaName) {
            this.schemaName = schemaName;
        }
    }

    /** Any plain data at all: {@code Object}. */
    record Anything() implements Shape {}

    record ListOf(Shape element) implements Shape {}

    record MapOf(Shape value) implements Shape {}

    record Structure(Class<? extends Record> type, Constructor<? extends Record> constructor, List<Field> fields)
            implements Shape {}

    /** One record component: {@code optional} unless it must be given. */
    record Field(
            String name,
            Shape shape,
            boolean optional,
            boolean secret,
            boolean replaces,
            boolean stable,
            Method accessor) {}

    static Structure of(Class<? extends Record> type) {
        var fields = new ArrayList<Field>();
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            parameters[i] = component.getType();
            Type generic = component.getGenericType();
            boolean optional = component.getType() == Optional.class;
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            fields.add(new Field(
                    component.getName(),
                    ofType(optional ? argument(generic, 0) : generic),
                    optional,
                    component.isAnnotationPresent(Secret.class),
                    component.isAnnotationPresent(ReplaceOnChange.class),
                    component.isAnnotationPresent(Stable.class),
                    accessor));
        }
        try {
            var constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return new Structure(type, constructor, List.copyOf(fields));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }

    private static Shape ofType(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            if (parameterized.getRawType() == List.class) {
                return new ListOf(ofType(argument(type, 0)));
            }
            if (parameterized.getRawType() == Map.class && argument(type, 0) == String.class) {
                return new MapOf(ofType(argument(type, 1)));
            }
        }
        if (type instanceof Class<?> plain) {
            if (plain == String.class) {
                return Scalar.TEXT;
            } else if (plain == boolean.class || plain == Boolean.class) {
                return Scalar.BOOLEAN;
            } else if (plain == int.class || plain == Integer.class) {
                return Scalar.INTEGER;
            } else if (plain == long.class || plain == Long.class) {
                return Scalar.LONG;
            } else if (plain == double.class || plain == Double.class) {
                return Scalar.DOUBLE;
            } else if (plain == Object.class) {
                return new Anything();
            } else if (plain.isRecord()) {
                return of(plain.asSubclass(Record.class));
            }
        }
        throw new IllegalArgumentException(type.getTypeName() + " cannot be a property's type");
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
