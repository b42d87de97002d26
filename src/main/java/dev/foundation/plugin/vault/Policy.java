package dev.foundation.plugin.vault;

import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.Run;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An ACL policy. Its id is its name; names are lower case in Vault. */
final class Policy extends VaultType<Policy.Inputs, Policy.Outputs> {
    record Inputs(@ReplaceOnChange String name, String policy) {}

    record Outputs() {}

    Policy(Connection connection) {
        super("vault:index/policy:Policy", Inputs.class, Outputs.class, List.of("namespace"), connection);
    }

    @Override
    public List<dev.foundation.plugin.Problem> check(Inputs inputs) {
        return inputs.name().equals(inputs.name().toLowerCase(java.util.Locale.ROOT))
                ? List.of()
                : List.of(new dev.foundation.plugin.Problem("name", "must be lower case: Vault stores it so"));
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        vault().system().writePolicy(inputs.name(), inputs.policy());
        return new Created<>(inputs.name(), new Outputs());
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        return vault().system().policy(id).map(rules -> new Current<>(new Inputs(id, rules), new Outputs()));
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        vault().system().writePolicy(id, inputs.policy());
        return new Outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        vault().system().deletePolicy(id);
    }
}
