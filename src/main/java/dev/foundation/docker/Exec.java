package dev.foundation.docker;

import dev.foundation.process.Finished;
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
    Finished run(List<String> args, Duration timeout) throws IOException, InterruptedException;
}
