package dev.foundation.objectstore;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The S3 servers whose users can be administered. Every other S3 server has buckets only. */
public enum S3Engine {
    RUSTFS,
    VERSITYGW;

    public static Optional<S3Engine> of(String name) {
        return Arrays.stream(values())
                .filter(engine -> engine.toString().equals(name))
                .findFirst();
    }

    /** The name in configuration: {@code rustfs}, {@code versitygw}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
