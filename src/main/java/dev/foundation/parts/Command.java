package dev.foundation.parts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of another program: its output, standard and error together, goes line by line to a listener and to a log. A carriage return ends
 * a line too, so that progress bars are seen. If this thread is interrupted, the program and its children are stopped. Never pass a
 * secret as an argument.
 */
record Command(List<String> argv, Path folder, Map<String, String> environment) {
    private static final int TAIL = 40;

    Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    static Command of(String... argv) {
        return new Command(List.of(argv), Path.of("."), Map.of());
    }

    Command and(Map<String, String> more) {
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.putAll(more);
        return new Command(argv, folder, all);
    }

    /** @param tail the last lines of the output */
    record Outcome(int exit, List<String> tail) {
        boolean ok() {
            return exit == 0;
        }

        String text() {
            return String.join("\n", tail);
        }
    }

    /** Runs to the end and keeps the last lines only. @throws IOException if the program can't be started */
    Outcome run() throws IOException, InterruptedException {
        return run(line -> {}, OutputStream.nullOutputStream());
    }

    Outcome run(Consumer<String> listener, Path log) throws IOException, InterruptedException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        try (var out = Files.newOutputStream(log)) {
            return run(listener, out);
        }
    }

    private Outcome run(Consumer<String> listener, OutputStream log) throws IOException, InterruptedException {
        Process process = start(true);
        Deque<String> tail = new ArrayDeque<>();
        Thread reader = Thread.ofVirtual()
                .start(() -> read(process.getInputStream(), log, line -> {
                    synchronized (tail) {
                        tail.addLast(line);
                        if (tail.size() > TAIL) {
                            tail.removeFirst();
                        }
                    }
                    listener.accept(line);
                }));
        // Stopped from outside, this program must not leave a build running that the next run would start again beside
        // it.
        Thread hook = Thread.ofPlatform().unstarted(() -> stop(process));
        Runtime.getRuntime().addShutdownHook(hook);
        int exit;
        try {
            exit = await(process);
        } finally {
            forget(hook);
        }
        // A daemon started by the program may hold its output open: what was printed is enough.
        reader.join(java.time.Duration.ofSeconds(5));
        synchronized (tail) {
            return new Outcome(exit, List.copyOf(tail));
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown has begun: the hook does its work.
        }
    }

    /** Runs with its standard output left as a stream for the caller, who reads it to its end and then calls {@link #await}. */
    Process start(boolean merge) throws IOException {
        var builder = new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectErrorStream(merge)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    static int await(Process process) throws InterruptedException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            stop(process);
            throw e;
        }
    }

    static void stop(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private static void read(InputStream in, OutputStream log, Consumer<String> lines) {
        var line = new java.io.ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                write(log, buffer, n);
                for (int i = 0; i < n; i++) {
                    if (buffer[i] == '\n' || buffer[i] == '\r') {
                        emit(line, lines);
                    } else {
                        line.write(buffer[i]);
                    }
                }
            }
        } catch (IOException e) {
            // The program ended or was stopped while its output was being read: its exit code tells the rest.
        }
        emit(line, lines);
    }

    /** A log that can't be written (a full disk) must not stop the reading: the program would hang on its full pipe. */
    private static void write(OutputStream log, byte[] buffer, int n) {
        try {
            log.write(buffer, 0, n);
        } catch (IOException e) {
            // The program meets the full disk itself, and its failure is reported.
        }
    }

    private static void emit(java.io.ByteArrayOutputStream line, Consumer<String> lines) {
        String text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        if (!text.isEmpty()) {
            lines.accept(text);
        }
    }
}
