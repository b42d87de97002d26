package dev.foundation.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A property's value as the engine sees it: plain data that may be secret or not known yet. Absent values have no representation. */
sealed interface Property {
    record Bool(boolean value) implements Property {}

    record Num(double value) implements Property {}

    record Text(String value) implements Property {}

    record Items(List<Property> values) implements Property {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** Named values; iteration keeps the order in which they were given. */
    record Fields(Map<String, Property> values) implements Property {
        static final Fields NONE = new Fields(Map.of());

        public Fields {
            values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** Not known before the update runs. */
    record Unknown() implements Property {}

    /** A value that the engine keeps encrypted; it never prints itself. */
    record Hidden(Property value) implements Property {
        @Override
        public String toString() {
            return "Hidden[]";
        }
    }

    /** The same value without any {@link Hidden} in it. */
    default Property reveal() {
        return switch (this) {
            case Hidden(var value) -> value.reveal();
            case Items(var values) ->
                new Items(values.stream().map(Property::reveal).toList());
            case Fields(var values) -> {
                var revealed = new LinkedHashMap<String, Property>();
                values.forEach((name, value) -> revealed.put(name, value.reveal()));
                yield new Fields(revealed);
            }
            case Bool _, Num _, Text _, Unknown _ -> this;
        };
    }

    default boolean hasSecret() {
        return switch (this) {
            case Hidden _ -> true;
            case Items(var values) -> values.stream().anyMatch(Property::hasSecret);
            case Fields(var values) -> values.values().stream().anyMatch(Property::hasSecret);
            case Bool _, Num _, Text _, Unknown _ -> false;
        };
    }

    default boolean hasUnknown() {
        return switch (this) {
            case Unknown _ -> true;
            case Hidden(var value) -> value.hasUnknown();
            case Items(var values) -> values.stream().anyMatch(Property::hasUnknown);
            case Fields(var values) -> values.values().stream().anyMatch(Property::hasUnknown);
            case Bool _, Num _, Text _ -> false;
        };
    }

    /** This value as a secret; one that is a secret already stays as it is. */
    default Property hide() {
        return this instanceof Hidden ? this : new Hidden(this);
    }

    /** What a message calls this kind of value. */
    default String kind() {
        return switch (this) {
            case Bool _ -> "a boolean";
            case Num _ -> "a number";
            case Text _ -> "text";
            case Items _ -> "a list";
            case Fields _ -> "an object";
            case Unknown _ -> "unknown";
            case Hidden(var value) -> value.kind();
        };
    }

    /** Plain data: Boolean, Double, String, List, Map. The value must be wholly known. */
    default Object plain() {
        return switch (this) {
            case Bool(var value) -> value;
            case Num(var value) -> value;
            case Text(var value) -> value;
            case Items(var values) -> {
                var items = new ArrayList<>();
                values.forEach(value -> items.add(value.plain()));
                yield List.copyOf(items);
            }
            case Fields(var values) -> {
                var fields = new LinkedHashMap<String, Object>();
                values.forEach((name, value) -> fields.put(name, value.plain()));
                yield fields;
            }
            case Hidden(var value) -> value.plain();
            case Unknown _ -> throw new IllegalStateException("an unknown value has no plain form");
        };
    }

    /** The reverse of {@link #plain}; also takes every other {@link Number}. */
    static Property of(Object plain) {
        return switch (plain) {
            case Boolean value -> new Bool(value);
            case Long value
            when Math.abs(value) > 1L << 53 ->
                throw new IllegalArgumentException("a whole number past 2^53 cannot be a property");
            case Number value -> new Num(value.doubleValue());
            case String value -> new Text(value);
            case List<?> values ->
                new Items(values.stream().map(value -> of((Object) value)).toList());
            case Map<?, ?> values -> {
                var fields = new LinkedHashMap<String, Property>();
                values.forEach((name, value) -> fields.put((String) name, of(value)));
                yield new Fields(fields);
            }
            default -> throw new IllegalArgumentException(plain.getClass() + " is no property's type");
        };
    }
}
