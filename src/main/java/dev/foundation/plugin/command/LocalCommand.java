package dev.foundation.plugin.command;

import dev.foundation.plugin.Problem;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A shell command run when the resource is created, updated or deleted. Its output is kept in the state; where any input is secret, so
 * is the output. Without an update command a change runs the create command again.
 */
final class LocalCommand implements ResourceHandler<LocalCommand.Inputs, LocalCommand.Outputs> {
    private static final String NOT_SERVED =
            "is not served on a sealed site, where command:local:Command is built in: leave it out, or use the official plugin";
    private static final List<String> DEFAULT_INTERPRETER = List.of("/bin/sh", "-c");

    /** @param logging stdout, stderr, stdoutAndStderr (the default) or none: what is shown while the command runs */
    record Inputs(
            Optional<String> create,
            Optional<String> update,
            Optional<String> delete,
            Optional<String> dir,
            Optional<Map<String, String>> environment,
            Optional<List<String>> interpreter,
            Optional<String> logging,
            Optional<String> stdin,
            @ReplaceOnChange Optional<List<Object>> triggers,
            Optional<Boolean> addPreviousOutputInEnv) {}

    /** Without the newline at their ends. */
    record Outputs(String stdout, String stderr) {}

    @Override
    public String token() {
        return "command:local:Command";
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
    public Map<String, String> refusedInputs() {
        return Map.of("archivePaths", NOT_SERVED, "assetPaths", NOT_SERVED);
    }

    @Override
    public boolean outputsShowInputs() {
        return true;
    }

    /** As the official provider does: the new command runs, then the old one's delete. */
    @Override
    public boolean deleteBeforeReplace() {
        return false;
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        boolean known = inputs.logging()
                .map(List.of("stdout", "stderr", "stdoutAndStderr", "none")::contains)
                .orElse(true);
        return known ? List.of() : List.of(new Problem("logging", "must be stdout, stderr, stdoutAndStderr or none"));
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        byte[] id = new byte[8];
        new SecureRandom().nextBytes(id);
        var nothing = new Outputs("", "");
        Outputs outputs =
                inputs.create().isPresent() ? execute("create", inputs.create().get(), inputs, nothing, run) : nothing;
        return new Created<>("command" + HexFormat.of().formatHex(id), outputs);
    }

    /** A command leaves nothing that could be looked at. */
    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException(
                    "command " + id + " cannot be imported: nothing tells what it did. Declare it instead");
        }
        return known;
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        Optional<String> command = inputs.update().or(inputs::create);
        return command.isPresent() ? execute("update", command.get(), inputs, old.outputs(), run) : old.outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        Inputs inputs = old.inputs();
        if (inputs.delete().isPresent()) {
            var ignored = execute("delete", inputs.delete().get(), inputs, old.outputs(), run);
        }
    }

    private static Outputs execute(String action, String command, Inputs inputs, Outputs previous, Run run)
            throws IOException, InterruptedException {
        var environment = new LinkedHashMap<>(inputs.environment().orElse(Map.of()));
        if (inputs.addPreviousOutputInEnv().orElse(true)) {
            putUnlessEmpty(environment, "PULUMI_COMMAND_STDOUT", previous.stdout());
            putUnlessEmpty(environment, "PULUMI_COMMAND_STDERR", previous.stderr());
        }
        List<String> interpreter =
                inputs.interpreter().filter(words -> !words.isEmpty()).orElse(DEFAULT_INTERPRETER);
        var shell = new Shell(
                interpreter,
                inputs.dir().map(Path::of),
                environment,
                inputs.stdin().orElse(""));
        String logging = inputs.logging().orElse("stdoutAndStderr");
        Shell.Result result = shell.run(
                command,
                logging.startsWith("stdout") ? run::info : Shell.SILENT,
                logging.equals("stderr") || logging.equals("stdoutAndStderr") ? run::info : Shell.SILENT);
        if (result.exitCode() != 0) {
            throw new IOException("the " + action + " command ended with exit code " + result.exitCode()
                    + (result.stderr().isEmpty()
                            ? " and wrote nothing to standard error"
                            : ":\n" + tail(result.stderr())));
        }
        return new Outputs(result.stdout(), result.stderr());
    }

    private static void putUnlessEmpty(Map<String, String> environment, String name, String value) {
        if (!value.isEmpty()) {
            environment.put(name, value);
        }
    }

    private static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
