package dev.foundation.spec;

import java.util.Optional;

/**
 * What is wrong with one key of the configuration.
 *
 * @param key the path under {@code foundation:}, such as {@code vault.port}
 * @param value what stands there, if it may be shown: never the value of a secret key
 * @param remedy what is allowed, or what to do
 */
public record ConfigProblem(String key, Optional<String> value, String remedy) {

    /** One line for people: {@code foundation:vault.port is "80x": give a port from 1 to 65535}. */
    public String message() {
        return "foundation:" + key + value.map(shown -> " is \"" + shown + "\"").orElse("") + ": " + remedy;
    }
}
