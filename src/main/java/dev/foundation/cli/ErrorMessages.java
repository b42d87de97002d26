package dev.foundation.cli;

import dev.foundation.spec.ConfigProblem;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.InvalidConfigException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where an exception becomes a message and an exit code. */
final class ErrorMessages implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Terminal terminal;
    private final boolean traces;

    /** @param traces show stack traces too ({@code FOUNDATION_DEBUG}) */
    ErrorMessages(Terminal terminal, boolean traces) {
        this.terminal = terminal;
        this.traces = traces;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (traces) {
            e.printStackTrace(terminal.err());
        }
        return switch (e) {
            case InvalidConfigException invalid -> {
                say("Pulumi.foundation.yaml cannot be used; nothing was touched:");
                invalid.problems().stream()
                        .map(ConfigProblem::message)
                        .forEach(line -> terminal.err().println("  " + line));
                yield ExitCodes.WRONG_USAGE;
            }
            case ConfigSyntaxException syntax -> {
                say(syntax.getMessage());
                yield ExitCodes.WRONG_USAGE;
            }
            case Refused refused -> {
                say(refused.getMessage());
                yield ExitCodes.REFUSED;
            }
            case NotVerified unknown -> {
                say(unknown.getMessage());
                yield ExitCodes.NOT_VERIFIED;
            }
            case IOException failure -> {
                say(failure.getMessage() == null ? failure.toString() : words(failure));
                yield ExitCodes.FAILED;
            }
            case InterruptedException _ -> {
                say("stopped; a second run takes up where this one ended");
                yield ExitCodes.FAILED;
            }
            default -> {
                say("this should not have happened: " + e
                        + ". Run it again with FOUNDATION_DEBUG=1 and report what it prints.");
                yield ExitCodes.FAILED;
            }
        };
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        say(e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, command(e).getErr())) {
            terminal.err().println("Try: foundation" + path(e) + " --help");
        }
        command(e).getErr().flush();
        return ExitCodes.WRONG_USAGE;
    }

    private static CommandLine command(ParameterException e) {
        return e.getCommandLine();
    }

    private static String path(ParameterException e) {
        return command(e).getCommandSpec().qualifiedName().replaceFirst("^foundation", "");
    }

    /** The JDK's file exceptions say only the path. */
    private static String words(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getMessage() + " is not there";
            case AccessDeniedException denied ->
                denied.getMessage() + ": permission denied. Run as the user that owns it";
            default -> String.valueOf(failure.getMessage());
        };
    }

    private void say(@Nullable String message) {
        terminal.err().println(terminal.bad("foundation: ") + message);
    }
}
