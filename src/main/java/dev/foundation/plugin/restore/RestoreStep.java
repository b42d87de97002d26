package dev.foundation.plugin.restore;

import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import java.io.IOException;
import java.util.Optional;

/** What all restores of an artifact have in common: they happen once. */
abstract class RestoreStep<I extends Record, O extends Record> implements ResourceHandler<I, O> {
    abstract RestoreSource source(I inputs);

    /** The point that was restored. */
    abstract String point(O outputs);

    /** Where a restore was told to work, and with which key, is of no meaning once it is done: only which point it was. */
    @Override
    public final boolean isSettled(String input, I inputs, O state) {
        return !input.equals("source") || source(inputs).point().equals(point(state));
    }

    @Override
    public final Optional<String> refusedChange(I old, I wanted) {
        if (source(old).samePoint(source(wanted))) {
            return Optional.empty();
        }
        return Optional.of(token() + " has restored " + source(old) + ", and " + source(wanted)
                + " is asked for now: an update never overwrites a live foundation. Put recovery.point back to "
                + source(old).point() + ", or recover the other point on a fresh machine (./foundation recover --point "
                + source(wanted).point() + ")");
    }

    /** What was restored is in the state alone; the service may be down or changed since, and the step is done all the same. */
    @Override
    public final Optional<Current<I, O>> read(String id, Optional<Current<I, O>> known) throws IOException {
        if (known.isEmpty()) {
            throw new IOException(token() + " " + id
                    + " cannot be imported: declare it and run up, which recognises a restore that is finished");
        }
        return known;
    }

    /** Reached only when the engine wants the state written anew: {@link #refusedChange} lets no other point through. */
    @Override
    public final O update(String id, Current<I, O> old, I inputs, Run run) {
        return old.outputs();
    }

    /** Touches no data. */
    @Override
    public final void delete(String id, Current<I, O> old, Run run) {
        run.info("what was restored of " + source(old.inputs()) + " stays as it is");
    }
}
