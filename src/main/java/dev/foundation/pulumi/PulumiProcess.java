package dev.foundation.pulumi;

import dev.foundation.secret.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the CLI once: streamed to the terminal, or captured. */
final class PulumiProcess {
    private static final int KEPT_LINES = 40;
    private static final long LONGEST_CANCEL_SECONDS = 600;

    private final PulumiSetting setting;
    private final Map<String, String> inherited;
    private final PrintStream err;

    PulumiProcess(PulumiSetting setting, Map<String, String> inherited, PrintStream err) {
        this.setting = setting;
        this.inherited = Map.copyOf(inherited);
        this.err = err;
    }

    /** Standard input and output are the caller's own, so that Pulumi may draw and ask. */
    void streamed(List<String> arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = builder(arguments);
        builder.redirectInput(Redirect.INHERIT).redirectOutput(Redirect.INHERIT);
        run(builder, Optional.empty(), arguments, true);
    }

    /** As {@link #streamed}, but beside standard output, which is kept for something else. */
    void streamedAside(List<String> arguments) throws IOException, InterruptedException {
        run(builder(arguments), Optional.empty(), arguments, true);
    }

    /** What the CLI printed, as a secret: it may hold one. */
    Secret<String> captured(Optional<Secret<String>> stdin, List<String> arguments)
            throws IOException, InterruptedException {
        return run(builder(arguments), stdin, arguments, false);
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(setting.cli().toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(setting.repository().toFile());
        builder.environment().clear();
        builder.environment().putAll(setting.over(inherited));
        return builder;
    }

    private Secret<String> run(
            ProcessBuilder builder, Optional<Secret<String>> stdin, List<String> arguments, boolean chatty)
            throws IOException, InterruptedException {
        Optional<Path> state = setting.stateFolder();
        if (state.isPresent()) {
            StateFolder.prepare(state.get());
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new PulumiException(
                    "the Pulumi CLI at " + setting.cli()
                            + " cannot be started: `./foundation doctor` says what is missing",
                    -1);
        }
        Thread hook = Thread.ofPlatform().unstarted(() -> waitForCancel(process));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            List<String> errors = new ArrayList<>();
            Thread reader = Thread.ofVirtual().start(() -> readErrors(process, errors, chatty));
            try (var input = process.getOutputStream()) {
                if (stdin.isPresent()) {
                    input.write(stdin.get().expose().getBytes(StandardCharsets.UTF_8));
                }
            }
            String output = chatty
                    ? shown(process)
                    : new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            reader.join();
            if (exit != 0) {
                String action = "pulumi "
                        + String.join(
                                " ",
                                arguments.stream()
                                        .takeWhile(word -> !word.startsWith("-"))
                                        .limit(2)
                                        .toList());
                throw new PulumiException(
                        PulumiErrors.message(action, setting.passphrase().described(), errors),
                        exit,
                        PulumiErrors.wrongPassphrase(errors));
            }
            return Secret.of(output);
        } finally {
            removeHook(hook);
            if (process.isAlive()) {
                process.destroy();
            }
        }
    }

    /** Line by line; nothing where the output is the caller's own. */
    private String shown(Process process) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                err.println(line);
            }
        }
        return "";
    }

    /** Errors are kept for the message; warnings are shown as they come, and so is all else of a streamed run. */
    private void readErrors(Process process, List<String> errors, boolean chatty) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            boolean inError = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                inError = line.startsWith("error:") || inError && line.startsWith(" ");
                if (!inError) {
                    if (chatty || line.startsWith("warning:")) {
                        err.println(line);
                    }
                } else if (errors.size() < KEPT_LINES) {
                    errors.add(line);
                }
            }
        } catch (IOException e) {
            // The stream closes with the process; what was read until then is what there is.
        }
    }

    /**
     * While this JVM is being ended (Ctrl-C, kill), Pulumi must be let end by itself, or it leaves a lock and pending operations. At a
     * terminal, Ctrl-C has reached it already, and a second signal would mean "at once"; else it is told here.
     */
    private static void waitForCancel(Process process) {
        try {
            var console = System.console();
            if (process.isAlive() && (console == null || !console.isTerminal())) {
                new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                        .start()
                        .waitFor();
            }
            process.waitFor(LONGEST_CANCEL_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            process.destroy();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down; the hook is what waits now.
        }
    }
}
