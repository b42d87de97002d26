package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands that builds need. What is missing is installed where this is Debian and the user is root, named first; elsewhere the message
 * says exactly what a person must install.
 */
final class SystemPackages {
    /** @param atLeast oldest version of the package that does, as major and minor number; 0.0 for any. @param otherwise how else to get it */
    private record Source(String debian, int major, int minor, String otherwise) {}

    private static final Map<String, Source> SOURCES = Map.of(
            "go",
            // From 1.21 on, Go fetches the toolchain a module asks for by itself, from the module proxy.
            new Source("golang-go", 1, 21, "install Go 1.26 or newer from https://go.dev/dl/ and put it on the PATH"),
            "cargo",
            new Source(
                    "cargo",
                    1,
                    90,
                    "install Rust 1.95 or newer with rustup (https://rustup.rs) and put cargo on the PATH"),
            "protoc",
            new Source("protobuf-compiler", 0, 0, "install the protobuf compiler"),
            "debootstrap",
            new Source("debootstrap", 0, 0, "install debootstrap"),
            "docker",
            new Source("docker.io", 0, 0, "install Docker Engine (https://docs.docker.com/engine/install/)"),
            "dockerd",
            new Source("docker.io", 0, 0, "install Docker Engine (https://docs.docker.com/engine/install/)"));

    private static final Pattern CANDIDATE = Pattern.compile("Candidate: (?:\\d+:)?(\\d+)\\.(\\d+).*");

    private final Machine machine;
    private final Consumer<PartEvent> events;

    SystemPackages(Machine machine, Consumer<PartEvent> events) {
        this.machine = machine;
        this.events = events;
    }

    List<String> missing(Collection<String> commands) {
        return commands.stream()
                .filter(command -> machine.find(command).isEmpty())
                .toList();
    }

    /**
     * Returns when all these commands are there.
     *
     * @param purpose for the message, such as {@code building vault 1.19.0}
     * @throws PartUnavailable naming every missing command and how to get it
     */
    void need(Collection<String> commands, String purpose) throws IOException, InterruptedException {
        List<String> missing = missing(commands);
        if (missing.isEmpty()) {
            return;
        }
        Set<String> packages = new LinkedHashSet<>();
        List<String> unsolved = new ArrayList<>();
        for (String command : missing) {
            Source source = SOURCES.get(command);
            if (source == null) {
                unsolved.add(command + ": install it and put it on the PATH");
            } else if (!machine.hasApt() || !recentEnough(source)) {
                unsolved.add(command + ": " + source.otherwise());
            } else {
                packages.add(source.debian());
            }
        }
        String install = "apt-get install -y --no-install-recommends " + String.join(" ", packages);
        if (!unsolved.isEmpty() || !machine.root()) {
            if (!packages.isEmpty()) {
                unsolved.add("as root: " + install);
            }
            throw new PartUnavailable(purpose + " needs " + String.join(", ", missing) + ", not found here.\n  "
                    + String.join("\n  ", unsolved));
        }
        events.accept(new PartEvent.Noted(
                purpose,
                "installing on this system, for " + purpose + ": " + String.join(" ", packages) + " (" + install
                        + ")"));
        install(List.copyOf(packages), purpose);
    }

    private void install(List<String> packages, String purpose) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(command("apt-get"), "install", "-y", "--no-install-recommends"));
        argv.addAll(packages);
        var command = new Command(argv, java.nio.file.Path.of("/"), Map.of("DEBIAN_FRONTEND", "noninteractive"));
        Command.Outcome outcome = command.run();
        if (!outcome.ok()) { // the lists may be old or not there at all
            Command.of(command("apt-get"), "update", "-q").run();
            outcome = command.run();
        }
        if (!outcome.ok()) {
            throw new PartUnavailable("apt-get could not install " + String.join(" ", packages) + " for " + purpose
                    + "; repair apt and run the same command again. It said:\n" + outcome.text());
        }
    }

    private String command(String name) {
        return machine.find(name).map(java.nio.file.Path::toString).orElse(name);
    }

    private boolean recentEnough(Source source) throws IOException, InterruptedException {
        if (source.major() == 0) {
            return true;
        }
        for (String line : Command.of(command("apt-cache"), "policy", source.debian())
                .run()
                .tail()) {
            Matcher candidate = CANDIDATE.matcher(line);
            if (candidate.matches()) {
                int major = Integer.parseInt(candidate.group(1));
                int minor = Integer.parseInt(candidate.group(2));
                return major > source.major() || (major == source.major() && minor >= source.minor());
            }
        }
        return false;
    }
}
