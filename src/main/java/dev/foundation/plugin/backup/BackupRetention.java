package dev.foundation.plugin.backup;

import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Problems;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How many points are kept (R5.1). It exists in the state, where a change of it shows by itself; the job carries it to the pruner. */
public final class BackupRetention implements ResourceHandler<BackupRetention.Inputs, BackupRetention.Outputs> {
    /** The last so many days, weeks, months and years that have points. */
    public record Inputs(int daily, int weekly, int monthly, int yearly) {}

    /** @param summary such as {@code 7 daily, 4 weekly, 6 monthly, 1 yearly} */
    public record Outputs(String summary) {}

    @Override
    public String token() {
        return "foundation:index:BackupRetention";
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
                .unless(inputs.daily() >= 0, "daily", "must be 0 or more")
                .unless(inputs.weekly() >= 0, "weekly", "must be 0 or more")
                .unless(inputs.monthly() >= 0, "monthly", "must be 0 or more")
                .unless(inputs.yearly() >= 0, "yearly", "must be 0 or more")
                .unless(
                        inputs.daily() + inputs.weekly() + inputs.monthly() + inputs.yearly() > 0,
                        "daily",
                        "must be 1 or more where all others are 0: else nothing would be kept")
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) {
        return new Created<>("retention", outputs(inputs));
    }

    private static Outputs outputs(Inputs inputs) {
        return new Outputs(inputs.daily() + " daily, " + inputs.weekly() + " weekly, " + inputs.monthly() + " monthly, "
                + inputs.yearly() + " yearly");
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException("a retention cannot be imported: it exists only in the state; declare it and run up");
        }
        return known;
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run) {
        return outputs(inputs);
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) {
        // It exists only in the state.
    }
}
