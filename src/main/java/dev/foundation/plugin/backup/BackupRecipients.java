package dev.foundation.plugin.backup;

import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Problems;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.spec.AgeRecipients;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Whom points are sealed to (R2.4): public keys, so anyone may see them, and a change of them shows by itself. */
public final class BackupRecipients implements ResourceHandler<BackupRecipients.Inputs, BackupRecipients.Outputs> {
    /** @param recipients age X25519 recipients, {@code age1...} */
    public record Inputs(List<String> recipients) {
        public Inputs {
            recipients = List.copyOf(recipients);
        }
    }

    public record Outputs() {}

    @Override
    public String token() {
        return "foundation:index:BackupRecipients";
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
        var problems = new Problems()
                .unless(!inputs.recipients().isEmpty(), "recipients", "name at least one: nobody could open the points")
                .unless(
                        new HashSet<>(inputs.recipients()).size()
                                == inputs.recipients().size(),
                        "recipients",
                        "name each one once");
        inputs.recipients()
                .forEach(each -> problems.unless(
                        AgeRecipients.valid(each),
                        "recipients",
                        each + " is no age recipient (age1 and 58 characters)"));
        return problems.list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) {
        return new Created<>("recipients", new Outputs());
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException(
                    "recipients cannot be imported: they exist only in the state; declare them and run up");
        }
        return known;
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run) {
        return old.outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) {
        // They exist only in the state.
    }
}
