package dev.foundation.plugin.keys;

import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Problems;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A secret from the machine's random source, made once and kept in the encrypted state. */
public final class RandomSecret implements ResourceHandler<RandomSecret.Inputs, RandomSecret.Outputs> {
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final List<String> KINDS = List.of("password", "hex", "base64", "base64url");
    private static final int MOST = 1024;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param length characters of a password, bytes of the other kinds (a {@code hex} of 20 has 40 characters)
     * @param kind {@code password} (letters and digits), {@code hex}, {@code base64} or {@code base64url} (without padding)
     * @param keepers any values: when one changes, the secret is made anew
     */
    public record Inputs(
            @ReplaceOnChange int length,
            @ReplaceOnChange String kind,
            @ReplaceOnChange Optional<Map<String, String>> keepers) {}

    public record Outputs(@Secret String value) {
        @Override
        public String toString() {
            return "a secret";
        }
    }

    @Override
    public String token() {
        return "foundation:index:RandomSecret";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        return new Problems()
                .unless(KINDS.contains(inputs.kind()), "kind", "must be one of " + String.join(", ", KINDS))
                .unless(inputs.length() >= 16 && inputs.length() <= MOST, "length", "must be from 16 to " + MOST)
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) {
        var id = new byte[8];
        random.nextBytes(id);
        return new Created<>(HexFormat.of().formatHex(id), new Outputs(value(inputs)));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException("a random secret cannot be imported: it exists only in the state");
        }
        return known;
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run) {
        return old.outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) {
        // It exists only in the state.
    }

    private String value(Inputs inputs) {
        if (inputs.kind().equals("password")) {
            var text = new StringBuilder();
            random.ints(inputs.length(), 0, ALPHANUMERIC.length()).forEach(at -> text.append(ALPHANUMERIC.charAt(at)));
            return text.toString();
        }
        var bytes = new byte[inputs.length()];
        random.nextBytes(bytes);
        return switch (inputs.kind()) {
            case "hex" -> HexFormat.of().formatHex(bytes);
            case "base64" -> Base64.getEncoder().encodeToString(bytes);
            default -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        };
    }
}
