package dev.foundation.plugin.vault;

import dev.foundation.plugin.ResourceHandler;
import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the official {@code vault} types have in common here: token, records, the names that are refused, and how drift is told. */
abstract class VaultType<I extends Record, O extends Record> implements ResourceHandler<I, O> {
    private final String token;
    private final Class<I> inputs;
    private final Class<O> outputs;
    private final Map<String, String> refused;
    private final Connection connection;

    VaultType(String token, Class<I> inputs, Class<O> outputs, List<String> notServed, Connection connection) {
        this.token = token;
        this.inputs = inputs;
        this.outputs = outputs;
        this.connection = connection;
        var reasons = new TreeMap<String, String>();
        notServed.forEach(name -> reasons.put(
                name,
                "is not served on a sealed site, where " + token
                        + " is built in: leave it out, or use the official plugin"));
        this.refused = Collections.unmodifiableMap(reasons);
    }

    @Override
    public final String token() {
        return token;
    }

    @Override
    public final Class<I> inputs() {
        return inputs;
    }

    @Override
    public final Class<O> outputs() {
        return outputs;
    }

    @Override
    public final Map<String, String> refusedInputs() {
        return refused;
    }

    final VaultClient vault() throws IOException {
        return connection.client();
    }

    /**
     * An optional input as it is found: shown if the program gave it or if it is not what Vault does by itself, so that a refresh finds
     * every change and invents none.
     */
    static <T> Optional<T> found(T actual, T byDefault, Optional<T> given) {
        return given.isPresent() || !actual.equals(byDefault) ? Optional.of(actual) : Optional.empty();
    }

    /** As given, if it holds the same names in whatever order. */
    static Optional<List<String>> foundSet(List<String> actual, Optional<List<String>> given) {
        boolean same = given.isPresent() && new HashSet<>(given.get()).equals(new HashSet<>(actual));
        return same ? given : found(actual, List.of(), given);
    }
}
