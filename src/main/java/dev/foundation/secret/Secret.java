package dev.foundation.secret;

import java.util.Objects;
import java.util.function.Function;

/**
 * A value that must not be seen. It says nothing about itself: no text, no equality, no serialised form (it has no property that a
 * mapper could find, and is not {@code Serializable}). Only {@link #expose} gives the value, so that every use can be searched for.
 */
public final class Secret<T> {
    private final T value;

    private Secret(T value) {
        this.value = Objects.requireNonNull(value);
    }

    public static <T> Secret<T> of(T value) {
        return new Secret<>(value);
    }

    /** The value itself: for the call that needs it, never to be kept in a field or put in a text. */
    public T expose() {
        return value;
    }

    public <R> Secret<R> map(Function<? super T, ? extends R> conversion) {
        return new Secret<>(conversion.apply(value));
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
