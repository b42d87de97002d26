package dev.foundation.plugin.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How commands are run: by an interpreter, in a folder, with additions to this process's environment and some text on standard input.
 * An interrupted run ends the command and all it started.
 */
record Shell(List<String> interpreter, Optional<Path> folder, Map<String, String> environment, String stdin) {
    static final Consumer<String> SILENT = line -> {};

    /** Output without the newline at its end. */
    record Result(int exitCode, String stdout, String stderr) {}

    /**
     * Runs the command to its end.
     *
     * @param onStdout told each line as it comes
     * @param onStderr likewise
     */
    Result run(String command, Consumer<String> onStdout, Consumer<String> onStderr)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(interpreter);
        words.add(command);
        var builder = new ProcessBuilder(words);
        folder.ifPresent(path -> builder.directory(path.toFile()));
        builder.environment().putAll(environment);
        Process process = start(builder);
        try {
            var stdout = reader(process.getInputStream(), onStdout);
            var stderr = reader(process.getErrorStream(), onStderr);
            Thread.ofPlatform().daemon().start(() -> feed(process.getOutputStream()));
            int exitCode = process.waitFor();
            return new Result(exitCode, stdout.get(), stderr.get());
        } catch (ExecutionException e) {
            throw new IOException("the output of a command could not be read", e.getCause());
        } finally {
            end(process);
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "the interpreter " + interpreter.getFirst() + " could not be started"
                            + folder.map(path -> " in " + path).orElse("") + ": does it exist, and does the folder?",
                    e);
        }
    }

    private void feed(OutputStream out) {
        try (out) {
            out.write(stdin.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A command need not read its input.
        }
    }

    private static FutureTask<String> reader(InputStream in, Consumer<String> onLine) {
        var task = new FutureTask<>(() -> {
            var text = new StringBuilder();
            try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                var line = new StringBuilder();
                for (int next = reader.read(); next >= 0; next = reader.read()) {
                    text.append((char) next);
                    if (next == '\n') {
                        onLine.accept(line.toString());
                        line.setLength(0);
                    } else {
                        line.append((char) next);
                    }
                }
                if (!line.isEmpty()) {
                    onLine.accept(line.toString());
                }
            }
            boolean newline = !text.isEmpty() && text.charAt(text.length() - 1) == '\n';
            return newline ? text.substring(0, text.length() - 1) : text.toString();
        });
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        if (!process.isAlive()) {
            return;
        }
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
