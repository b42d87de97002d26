package dev.foundation.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One child process to run. Secrets belong into {@code input} or, where nothing else is possible, {@code environment}; never into {@code args},
 * which every user of the machine can read.
 *
 * @param environment added to the caller's own
 * @param limit most bytes kept of standard output; a child that prints more is ended
 */
public record Command(
        List<String> args,
        Map<String, String> environment,
        Optional<Path> directory,
        Input input,
        Duration timeout,
        int limit) {
    private static final int DEFAULT_LIMIT = 16 * 1024 * 1024;

    public Command {
        if (args.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        args = List.copyOf(args);
        environment = Map.copyOf(environment);
    }

    public static Command of(List<String> args) {
        return new Command(args, Map.of(), Optional.empty(), Input.NONE, Duration.ofMinutes(1), DEFAULT_LIMIT);
    }

    public Command withEnvironment(Map<String, String> more) {
        return new Command(args, more, directory, input, timeout, limit);
    }

    public Command in(Path folder) {
        return new Command(args, environment, Optional.of(folder), input, timeout, limit);
    }

    public Command withInput(Input source) {
        return new Command(args, environment, directory, source, timeout, limit);
    }

    public Command within(Duration time) {
        return new Command(args, environment, directory, input, time, limit);
    }

    /** Names the program and its arguments only. */
    @Override
    public String toString() {
        return String.join(" ", args);
    }
}
