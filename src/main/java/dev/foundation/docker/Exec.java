package dev.foundation.docker;

import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A place where a service's own program can be run: inside its container, or beside it. */
public interface Exec {
    /**
     * Runs a program to its end; an exit code other than 0 is a result.
     *
     * @param args program and arguments; never a secret
     */
    default Finished run(List<String> args, Duration timeout) throws IOException, InterruptedException {
        return run(args, Input.NONE, timeout);
    }

    /**
     * As above, with a standard input. A failure of the input is not told by the program, which sees no more than an early end: who gives one that may fail
     * remembers that it did.
     */
    Finished run(List<String> args, Input input, Duration timeout) throws IOException, InterruptedException;
}
