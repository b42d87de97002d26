package dev.foundation.docker;

import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A place whose programs can be given something to read: the way for scripts, lists and secrets. */
public interface InteractiveExec extends Exec {
    /** As {@link #run(List, Duration)}, with {@code input} on standard input. */
    Finished run(List<String> args, Input input, Duration timeout) throws IOException, InterruptedException;

    @Override
    default Finished run(List<String> args, Duration timeout) throws IOException, InterruptedException {
        return run(args, Input.NONE, timeout);
    }
}
