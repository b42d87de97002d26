package dev.foundation.plugin.choice;

import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.spec.FixedChoices;
import java.io.IOException;
import java.util.Optional;

/**
 * A choice that data lies under, such as the S3 server's engine: once made, its value never changes, so that a plain {@code pulumi up} can
 * no more start another server on that data than {@code ./foundation up}. Whatever writes the data depends on it.
 */
public final class FixedChoice implements ResourceHandler<FixedChoice.Inputs, FixedChoice.Outputs> {
    /**
     * @param key of the configuration, such as {@code s3.engine}
     * @param choice the value, such as {@code rustfs}
     */
    public record Inputs(String key, String choice) {}

    public record Outputs() {}

    @Override
    public String token() {
        return FixedChoices.TOKEN;
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
    public Optional<String> refusedChange(Inputs old, Inputs wanted) {
        return old.key().equals(wanted.key()) && old.choice().equals(wanted.choice())
                ? Optional.empty()
                : Optional.of(FixedChoices.refusal(wanted.key(), old.choice(), wanted.choice()));
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) {
        return new Created<>(inputs.key(), new Outputs());
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException("a fixed choice cannot be imported: it exists only in the state");
        }
        return known;
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run) throws IOException {
        Optional<String> refusal = refusedChange(old.inputs(), inputs);
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        return old.outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) {
        // It exists only in the state.
    }
}
