package dev.foundation.plugin.keys;

import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Problems;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An age key pair: the given identity's, or a new one. Its id stays the recipient that it was made with, also when the identity is rotated: no update
 * may change an id, and a replacement would be refused as long as the resource is protected.
 */
public final class AgeIdentity implements ResourceHandler<AgeIdentity.Inputs, AgeIdentity.Outputs> {
    /** @param identity {@code AGE-SECRET-KEY-1...}; a new one is made where it is absent */
    public record Inputs(@Secret Optional<String> identity) {
        @Override
        public String toString() {
            return identity.isPresent() ? "a given identity" : "a new identity";
        }
    }

    /** @param recipient {@code age1...}, public */
    public record Outputs(String recipient, @Secret String identity) {
        @Override
        public String toString() {
            return recipient;
        }
    }

    @Override
    public String token() {
        return "foundation:index:AgeIdentity";
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
                .unless(
                        inputs.identity().isEmpty()
                                || inputs.identity().flatMap(AgeIdentity::pair).isPresent(),
                        "identity",
                        "is no age identity: it must be the line that starts with AGE-SECRET-KEY-1, whole and unchanged")
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException {
        var pair = inputs.identity().isEmpty() ? dev.foundation.age.AgeIdentity.generate() : given(inputs);
        return new Created<>(pair.recipient(), outputs(pair));
    }

    private static dev.foundation.age.AgeIdentity given(Inputs inputs) throws IOException {
        return inputs.identity()
                .flatMap(AgeIdentity::pair)
                .orElseThrow(() -> new IOException("the given value is no age identity"));
    }

    private static Outputs outputs(dev.foundation.age.AgeIdentity pair) {
        return new Outputs(pair.recipient(), pair.identity().expose());
    }

    /** Empty if this is no age identity. Why is not told: the reason could hold parts of it. */
    private static Optional<dev.foundation.age.AgeIdentity> pair(String identity) {
        try {
            return Optional.of(dev.foundation.age.AgeIdentity.of(dev.foundation.secret.Secret.of(identity)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException(
                    "age identity " + id + " cannot be imported by its recipient; give the identity as input instead");
        }
        return known;
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run) throws IOException {
        return inputs.identity().isEmpty() ? old.outputs() : outputs(given(inputs));
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) {
        // It exists only in the state.
    }
}
