package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees to it that a Docker Engine answers. An engine that runs is never touched, nor is one that {@code DOCKER_HOST} or a Docker context
 * names. On Debian, as root, a missing one is installed (the packages are named first) and one that is stopped is started.
 */
public final class DockerSetup {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PART = "docker";

    private final Locations locations;
    private final Machine machine;
    private final SystemPackages packages;
    private final DockerEngine docker;
    private final Consumer<PartEvent> events;

    DockerSetup(
            Locations locations,
            Machine machine,
            SystemPackages packages,
            DockerEngine docker,
            Consumer<PartEvent> events) {
        this.locations = locations;
        this.machine = machine;
        this.packages = packages;
        this.docker = docker;
        this.events = events;
    }

    /** After a crash or a restart its number may be another process's by now, and the engine would refuse to start because of it. */
    private static final String FORGET_THE_DEAD = "pid=$(cat /var/run/docker.pid 2>/dev/null) &&"
            + " [ \"$(cat /proc/$pid/comm 2>/dev/null)\" != dockerd ] && rm -f /var/run/docker.pid; ";

    /** The engine's version, if one answers. Changes nothing. */
    public Optional<String> version() throws IOException, InterruptedException {
        if (machine.find("docker").isEmpty()) {
            return Optional.empty();
        }
        return version(ask());
    }

    /**
     * The version of the engine that answers now, after what had to be done for it.
     *
     * @throws PartUnavailable saying what a person must do
     */
    public String ensure() throws IOException, InterruptedException {
        if (machine.find("docker").isEmpty()) {
            packages.need(List.of("docker", "dockerd"), "running the foundation");
        }
        Command.Outcome answer = ask();
        Optional<String> version = version(answer);
        if (version.isPresent()) {
            return version.get();
        }
        refuseWhatIsNotOurs(answer);
        packages.need(List.of("dockerd"), "running the foundation");
        version = version(ask()); // the package may have started it
        return version.isPresent() ? version.get() : start();
    }

    private Command.Outcome ask() throws IOException, InterruptedException {
        return docker.command("version", "--format", "server={{.Server.Version}}")
                .run();
    }

    private static Optional<String> version(Command.Outcome answer) {
        return answer.tail().stream()
                .filter(line -> answer.ok() && line.startsWith("server="))
                .map(line -> line.substring("server=".length()))
                .findFirst();
    }

    private void refuseWhatIsNotOurs(Command.Outcome answer) throws PartUnavailable {
        String said = "\n  docker said: " + answer.text();
        if (answer.text().toLowerCase(Locale.ROOT).contains("permission denied")) {
            throw new PartUnavailable("you may not use the Docker Engine. As root: usermod -aG docker "
                    + machine.environment().getOrDefault("USER", "<your user>") + ", then log in again; or run as root."
                    + said);
        }
        for (String name : List.of("DOCKER_HOST", "DOCKER_CONTEXT")) {
            String value = machine.environment().getOrDefault(name, "");
            if (!value.isEmpty()) {
                throw new PartUnavailable("no Docker Engine answers at " + name + "=" + value + ". Start it, or unset "
                        + name + " to use this machine's own." + said);
            }
        }
        if (!machine.root()) {
            throw new PartUnavailable(
                    "the Docker Engine is not running. As root: " + (systemd() ? "systemctl start docker" : "dockerd &")
                            + ", then run the same command again." + said);
        }
    }

    private static boolean systemd() {
        return Files.isDirectory(Path.of("/run/systemd/system"));
    }

    private String start() throws IOException, InterruptedException {
        Path log = locations.state().resolve("dockerd.log");
        Files.createDirectories(locations.state());
        String how = systemd() ? "systemctl start docker" : "dockerd, its log is " + log;
        events.accept(new PartEvent.Noted(PART, "the Docker Engine is not running: starting it (" + how + ")"));
        Command starter = systemd()
                ? Command.of("systemctl", "start", "docker")
                // A session of its own, so that it outlives this program and the terminal.
                : new Command(
                        List.of("sh", "-c", FORGET_THE_DEAD + "setsid dockerd >>\"$LOG\" 2>&1 </dev/null &"),
                        Path.of("/"),
                        Map.of("LOG", log.toString(), "PATH", machine.path()));
        Command.Outcome started = starter.run();
        long give = System.nanoTime() + PATIENCE.toNanos();
        while (started.ok() && System.nanoTime() < give) {
            Optional<String> version = version(ask());
            if (version.isPresent()) {
                return version.get();
            }
            Thread.sleep(500);
        }
        throw new PartUnavailable(
                "the Docker Engine was started and does not answer after " + PATIENCE.toSeconds() + " s. Look into "
                        + (systemd() ? "journalctl -u docker" : log) + ", and run the same command again."
                        + (started.ok() ? lastLines(log) : "\n" + started.text()));
    }

    private static String lastLines(Path log) throws IOException {
        if (!Files.isRegularFile(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log);
        return "\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
