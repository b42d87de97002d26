package dev.foundation.cli;

import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.ImageRef;
import dev.foundation.spec.InstanceName;
import dev.foundation.spec.ServiceName;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command line over a folder of its own: fake preparation that writes down what it was asked for, a fake docker, streams kept. */
final class CliRun {
    final Path folder;
    final Path repository;
    final List<String> asked = new ArrayList<>();
    final Map<String, String> environment = new HashMap<>();
    boolean interactive;
    String typed = "";
    Preparation.Toolset tools = new Preparation.Toolset(Path.of("/nonexistent/pulumi"), Map.of());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    CliRun(Path folder) throws IOException {
        this.folder = folder;
        this.repository = Files.createDirectory(folder.resolve("repo"));
        Files.copy(Path.of("Pulumi.foundation.yaml"), file());
        docker("exit 1", "Error: No such container: x");
        environment.put("HOME", folder.toString());
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    }

    /** Puts a docker in the path that prints this on standard error and then does that. */
    void docker(String does, String says) throws IOException {
        Path docker = Files.createDirectories(folder.resolve("bin")).resolve("docker");
        Files.writeString(docker, "#!/bin/sh\necho '" + says + "' >&2\n" + does + "\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path file() {
        return repository.resolve("Pulumi.foundation.yaml");
    }

    /** Adds lines under {@code config:}. */
    CliRun with(String keys) throws IOException {
        Files.writeString(file(), Files.readString(file()).stripTrailing() + "\n" + keys.indent(2));
        return this;
    }

    CliRun setUp() throws IOException {
        return with("""
                foundation:instanceId: 7d3c1c5e-6f0a-4f5e-9b1a-2f9f7a1b2c3d
                foundation:site: sealed
                foundation:s3: {engine: versitygw}
                foundation:forgejo: {product: gitea}
                """);
    }

    /** What was printed so far is not looked at again. */
    void forget() {
        out.reset();
        err.reset();
    }

    int run(String... arguments) {
        forget();
        return new Cli(workspace(), List.of()).run(arguments);
    }

    Workspace workspace() {
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader(typed)),
                interactive,
                false);
        return new Workspace(repository, environment, terminal, new Recorded());
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private final class Recorded implements Preparation {
        @Override
        public void docker() {
            asked.add("docker");
        }

        @Override
        public Finding<Site> site() {
            asked.add("site");
            return new Finding<>(Site.SEALED, "site: sealed (the test says so)");
        }

        @Override
        public Finding<Engine> engine(Site site) {
            asked.add("engine");
            return new Finding<>(Engine.VERSITYGW, "s3: versitygw (the test says so)");
        }

        @Override
        public Toolset tools(Site site) {
            asked.add("tools");
            return tools;
        }

        @Override
        public void images(FoundationSpec spec) {
            asked.add("images");
        }

        @Override
        public ImageRef image(FoundationSpec spec, ServiceName service) {
            return new ImageRef("test.local/" + service.label() + ":1");
        }

        @Override
        public Path stateFolder(InstanceName instance) {
            return folder.resolve("state-of").resolve(instance.value());
        }

        @Override
        public String backendUrl(InstanceName instance) {
            return "file://" + folder.resolve("state");
        }

        @Override
        public Path passphraseFile(InstanceName instance) {
            return folder.resolve("config").resolve(instance + ".passphrase");
        }

        @Override
        public Path sharedFolders(InstanceName instance) throws IOException {
            return Files.createDirectories(folder.resolve("locks"));
        }
    }
}
