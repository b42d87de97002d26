package dev.foundation.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine of the test's own: a network namespace without any way out, a Docker Engine in it with its own data, a home folder (S1). The
 * user's foundation, engine and ports are never touched. Needs root.
 */
final class TestMachine implements AutoCloseable {
    private static final Duration ENGINE_START = Duration.ofSeconds(60);

    private final String name;
    private final Path root;
    private Process engine;

    /** @param name at most 11 characters: it names the namespace */
    TestMachine(String name) throws IOException, InterruptedException {
        this.name = name;
        this.root = Files.createTempDirectory(Path.of("/var/tmp"), name + "-");
        Files.createDirectories(home());
        onHost("ip", "netns", "add", name).mustSucceed();
        run("ip", "link", "set", "lo", "up").mustSucceed();
        startEngine();
    }

    Path home() {
        return root.resolve("home");
    }

    Path root() {
        return root;
    }

    /** The environment of everything that runs on this machine, on top of the test's own. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("HOME", home().toString());
        environment.put("XDG_CONFIG_HOME", home().resolve(".config").toString());
        environment.put("XDG_STATE_HOME", home().resolve(".local/state").toString());
        environment.put("PULUMI_HOME", home().resolve(".pulumi").toString());
        environment.put("DOCKER_HOST", "unix://" + root.resolve("docker.sock"));
        environment.put("FOUNDATION_CACHE", cache().toString());
        environment.put("FOUNDATION_SITE", "sealed");
        environment.put("NO_COLOR", "1");
        return environment;
    }

    /** Tools and images are built once for all machines. */
    private static Path cache() {
        String given = System.getenv("FOUNDATION_CACHE");
        if (given != null) {
            return Path.of(given);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        return (xdg != null ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache")).resolve("foundation");
    }

    /** Whether an image of ours is in the cache, from where every machine loads it. */
    static boolean hasImage(String name) throws IOException {
        Path images = cache().resolve("images");
        if (!Files.isDirectory(images)) {
            return false;
        }
        try (Stream<Path> files = Files.list(images)) {
            return files.anyMatch(each -> each.getFileName().toString().startsWith(name + "-"));
        }
    }

    void startEngine() throws IOException, InterruptedException {
        // Not `ip netns exec`: it mounts a new /sys, and with it hides the cgroups that the engine needs.
        engine = new ProcessBuilder(inNamespace(
                        "dockerd",
                        "--data-root",
                        root.resolve("docker").toString(),
                        "--exec-root",
                        root.resolve("docker-exec").toString(),
                        "--pidfile",
                        root.resolve("docker.pid").toString(),
                        "-H",
                        "unix://" + root.resolve("docker.sock")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        root.resolve("dockerd.log").toFile()))
                .start();
        long deadline = System.nanoTime() + ENGINE_START.toNanos();
        while (run("docker", "info").exit() != 0) {
            if (System.nanoTime() > deadline || !engine.isAlive()) {
                throw new AssertionError("no Docker Engine came up: " + Files.readString(root.resolve("dockerd.log")));
            }
            Thread.sleep(300);
        }
    }

    /** As when the machine is switched off: the engine ends its containers and itself. */
    void stopEngine() throws InterruptedException {
        engine.destroy();
        if (!engine.waitFor(60, TimeUnit.SECONDS)) {
            engine.destroyForcibly().waitFor();
        }
    }

    Result run(String... command) throws IOException, InterruptedException {
        return run(home(), Map.of(), Duration.ofMinutes(10), command);
    }

    Result run(Path folder, Map<String, String> more, Duration limit, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(inNamespace(command)).directory(folder.toFile());
        builder.environment().putAll(environment());
        builder.environment().putAll(more);
        more.forEach((key, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(key);
            }
        });
        return Result.of(builder, limit, String.join(" ", command));
    }

    /**
     * Runs a command until it has printed the text, and then kills it with everything it started, as a power cut would.
     *
     * @return what it had printed
     * @throws AssertionError if it ended before, or printed no such text in time
     */
    String runUntil(Path folder, String text, Duration limit, String... command)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("run", ".log");
        ProcessBuilder builder = new ProcessBuilder(inNamespace(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment());
        Process process = builder.start();
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            while (true) {
                String printed = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
                if (printed.contains(text)) {
                    return printed;
                }
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new AssertionError(
                            String.join(" ", command) + " never came to \"" + text + "\":\n" + printed);
                }
                Thread.sleep(100);
            }
        } finally {
            List<ProcessHandle> all = process.descendants().toList();
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
            Files.delete(log);
        }
    }

    /** A process that runs on this machine until it is closed. */
    Background background(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(inNamespace(command))
                .directory(home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment());
        return new Background(builder.start());
    }

    void waitForPort(int port) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (run("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port).exit() == 0) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("nothing listens on port " + port);
    }

    record Background(Process process) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }

    private List<String> inNamespace(String... command) {
        List<String> full = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name));
        full.addAll(List.of(command));
        return full;
    }

    private static Result onHost(String... command) throws IOException, InterruptedException {
        return Result.of(new ProcessBuilder(command), Duration.ofMinutes(1), String.join(" ", command));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("sh", "-c", "docker ps -aq | xargs -r docker rm -f");
        stopEngine();
        onHost("ip", "netns", "del", name);
        onHost("sh", "-c", "grep -o ' " + root + "[^ ]*' /proc/mounts | sort -r | xargs -r umount");
        try (Stream<Path> all = Files.walk(root)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** What a command answered; standard output and standard error together. */
    record Result(String command, int exit, String output) {
        static Result of(ProcessBuilder builder, Duration limit, String command)
                throws IOException, InterruptedException {
            Path log = Files.createTempFile("run", ".log");
            try {
                Process process = builder.redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(log.toFile())
                        .start();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new AssertionError(command + " took longer than " + limit + ": " + Files.readString(log));
                }
                // What is no text, such as sealed bytes, is shown as far as it goes.
                return new Result(
                        command, process.exitValue(), new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
            } finally {
                Files.delete(log);
            }
        }

        Result mustSucceed() {
            if (exit != 0) {
                throw new AssertionError(command + " ended with " + exit + ":\n" + output);
            }
            return this;
        }
    }
}
