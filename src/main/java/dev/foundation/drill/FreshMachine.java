package dev.foundation.drill;

import dev.foundation.docker.DockerCli;
import dev.foundation.parts.Folders;
import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.process.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A second Docker Engine on this host, with its own data, in a network namespace that has a loopback device and no way out: nothing that runs in it can
 * reach anybody. Its home, configuration and state are folders of its own. Needs root, and {@code ip}, {@code nsenter}, {@code dockerd}.
 */
public final class FreshMachine implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration QUICK = Duration.ofMinutes(2);
    private static final int KEPT_LINES = 12;

    private final Path folder;
    /** Sockets: the path of one may have 107 bytes. */
    private final Path run;

    private final String name;
    private final Map<String, String> environment;
    private final Thread hook = Thread.ofPlatform().unstarted(this::stopped);

    private FreshMachine(Path folder, Path run, String name, Map<String, String> environment) {
        this.folder = folder;
        this.run = run;
        this.name = name;
        this.environment = environment;
    }

    /**
     * Takes away what an earlier one may have left under the name, and starts the engine.
     *
     * @param folder of its own; whatever is in it goes
     * @param name of the network namespace
     * @param outer this process's environment
     * @param cache tools and images, which a fresh machine would get from their makers
     */
    public static FreshMachine start(Path folder, String name, Map<String, String> outer, Path cache)
            throws IOException, InterruptedException {
        Path run = Path.of("/run", name);
        var machine = new FreshMachine(folder, run, name, environment(folder, run, outer, cache));
        machine.remove();
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(machine.home());
        Files.createDirectories(run);
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
        Runtime.getRuntime().addShutdownHook(machine.hook);
        boolean up = false;
        try {
            machine.root("make the network namespace " + name, "ip", "netns", "add", name);
            machine.root("bring its loopback device up", machine.inside("ip", "link", "set", "lo", "up"));
            machine.engine();
            up = true;
            return machine;
        } finally {
            if (!up) {
                machine.close();
            }
        }
    }

    private static Map<String, String> environment(Path folder, Path run, Map<String, String> outer, Path cache) {
        Map<String, String> environment = new TreeMap<>();
        outer.forEach((key, value) -> {
            if (!key.matches("(FOUNDATION|PULUMI|XDG|DOCKER|AWS)_.*")) {
                environment.put(key, value);
            }
        });
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("FOUNDATION_CACHE", cache.toString());
        environment.put("DOCKER_HOST", "unix://" + run.resolve("docker.sock"));
        environment.put("NO_COLOR", "1");
        return environment;
    }

    /** Where it has the repository, the passphrase and the points; for root alone. */
    public Path home() {
        return folder.resolve("home");
    }

    /** By {@code DOCKER_HOST}: its engine. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /**
     * What a command printed and how it ended.
     *
     * @param output standard output
     * @param last the last lines of standard error
     */
    public record Ran(int exit, byte[] output, List<String> last) {}

    /** Runs a command on it to its end, however long that takes. @param lines told each line of standard error */
    public Ran run(Path directory, List<String> command, Consumer<String> lines)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(inside(command.toArray(String[]::new)))
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> last = new ArrayList<>();
        try {
            Thread reader = Thread.ofVirtual().start(() -> read(process, last, lines));
            byte[] output = process.getInputStream().readAllBytes();
            int exit = process.waitFor();
            reader.join(Duration.ofSeconds(10));
            synchronized (last) {
                return new Ran(exit, output, List.copyOf(last));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static void read(Process process, List<String> last, Consumer<String> lines) {
        try (var in = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (last) {
                    last.add(line);
                    if (last.size() > KEPT_LINES) {
                        last.removeFirst();
                    }
                }
                lines.accept(line);
            }
        } catch (IOException e) {
            // It ended.
        }
    }

    private List<String> inside(String... command) {
        // Not `ip netns exec`: it mounts a new /sys, and with it hides the cgroups that an engine needs.
        List<String> full = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name));
        full.addAll(List.of(command));
        return full;
    }

    private void engine() throws IOException, InterruptedException {
        Path log = folder.resolve("dockerd.log");
        var builder = new ProcessBuilder(inside(
                        "dockerd",
                        "--data-root",
                        folder.resolve("docker").toString(),
                        "--exec-root",
                        run.resolve("exec").toString(),
                        "--pidfile",
                        pidFile().toString(),
                        // Where the host's containerd serves two engines, these names keep them apart.
                        "--containerd-namespace",
                        name,
                        "--containerd-plugins-namespace",
                        name + "-plugins",
                        "-H",
                        "unix://" + run.resolve("docker.sock")))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Process engine;
        try {
            engine = builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "nsenter and dockerd are needed for a machine of the drill's own: install"
                            + " util-linux and docker.io",
                    e);
        }
        var docker = new DockerCli(environment);
        long deadline = System.nanoTime() + START.toNanos();
        while (!docker.attempt(List.of("info"), Input.NONE, QUICK).ok()) {
            if (!engine.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the second Docker Engine did not come up: " + lastLine(log));
            }
            Thread.sleep(200);
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it printed nothing; is dockerd installed?" : lines.getLast();
    }

    private Path pidFile() {
        return run.resolve("docker.pid");
    }

    private void root(String action, String... command) throws IOException, InterruptedException {
        root(action, List.of(command));
    }

    private void root(String action, List<String> command) throws IOException, InterruptedException {
        Finished done = Processes.run(Command.of(command).within(QUICK));
        if (!done.ok()) {
            throw new IOException("could not " + action + ": " + done.errors()
                    + ". A drill makes a machine of its own on this host, and for that it must be run by root");
        }
    }

    private void stopped() {
        try {
            remove();
        } catch (IOException | InterruptedException e) {
            // The next drill takes away what is left.
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending, and the hook at work
        }
        remove();
    }

    /** Containers, engine, namespace, folder. */
    private void remove() throws IOException, InterruptedException {
        Optional<ProcessHandle> engine = running();
        if (engine.isPresent()) {
            var docker = new DockerCli(environment);
            Finished ids = docker.attempt(List.of("ps", "--all", "--quiet"), Input.NONE, QUICK);
            if (ids.ok() && !ids.text().isEmpty()) {
                List<String> remove = new ArrayList<>(List.of("rm", "--force"));
                remove.addAll(ids.text().lines().toList());
                Finished _ = docker.attempt(remove, Input.NONE, QUICK);
            }
            stop(engine.get());
        }
        if (Files.exists(Path.of("/run/netns", name))) {
            root("remove the network namespace " + name, "ip", "netns", "del", name);
        }
        unmount();
        Folders.remove(run);
        Folders.remove(folder);
    }

    /** The engine that has this folder, whoever started it; its number alone may be another process's by now. */
    private Optional<ProcessHandle> running() throws IOException {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
                    .filter(each -> each.info()
                            .arguments()
                            .filter(arguments ->
                                    List.of(arguments).contains(pidFile().toString()))
                            .isPresent());
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void stop(ProcessHandle engine) throws IOException, InterruptedException {
        engine.destroy();
        try {
            ProcessHandle _ = engine.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            engine.destroyForcibly();
            throw new IOException("the drill's Docker Engine (process " + engine.pid() + ") did not stop in time", e);
        }
    }

    private void unmount() throws IOException, InterruptedException {
        List<String> mounts = Files.readAllLines(Path.of("/proc/mounts")).stream()
                .map(line -> line.split(" ")[1])
                .filter(each -> each.startsWith(folder + "/") || each.startsWith(run + "/"))
                .sorted(Comparator.reverseOrder())
                .toList();
        for (String each : mounts) {
            root("unmount " + each, "umount", each);
        }
    }
}
