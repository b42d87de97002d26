package dev.foundation.docker;

import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.process.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs a program on this machine, for services that run without a container. */
public record LocalExec(Map<String, String> environment) implements Exec {
    public LocalExec {
        environment = Map.copyOf(environment);
    }

    @Override
    public Finished run(List<String> args, Input input, Duration timeout) throws IOException, InterruptedException {
        return Processes.run(Command.of(args).withEnvironment(environment).withInput(input).within(timeout));
    }
}
