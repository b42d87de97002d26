package dev.foundation.spec;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration says things that cannot be; it holds all of them, in the order of the file's documentation. */
public final class InvalidConfigException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    public InvalidConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::message).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<ConfigProblem> problems() {
        return problems;
    }
}
