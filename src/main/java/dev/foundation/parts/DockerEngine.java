package dev.foundation.parts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The few things that this room asks of the Docker CLI, which finds its engine by {@code DOCKER_HOST} or its own default. */
final class DockerEngine {
    private final Machine machine;

    DockerEngine(Machine machine) {
        this.machine = machine;
    }

    Command command(String... arguments) {
        List<String> argv = new ArrayList<>(
                List.of(machine.find("docker").map(Path::toString).orElse("docker")));
        argv.addAll(List.of(arguments));
        return new Command(argv, Path.of("/"), Map.of());
    }

    boolean has(String image) throws IOException, InterruptedException {
        var outcome = command("image", "inspect", "--format", "{{.Id}}", image).run();
        if (!outcome.ok() && !outcome.text().toLowerCase(Locale.ROOT).contains("no such image")) {
            throw new PartUnavailable("the Docker Engine can't be asked for the image " + image
                    + "; is it running (docker version)? It said:\n" + outcome.text());
        }
        return outcome.ok();
    }

    /** Saves an image, compressed, under its final name only when it is whole. */
    void save(String image, Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        boolean done = false;
        try {
            Process process = command("save", image).start(false);
            try (InputStream in = process.getInputStream();
                    var out = new FastGzip(Files.newOutputStream(unfinished))) {
                in.transferTo(out);
            } catch (IOException e) {
                Command.stop(process);
                throw e;
            }
            int exit = Command.await(process);
            if (exit != 0) {
                throw new PartUnavailable("docker save " + image + " failed (exit " + exit + "): "
                        + new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    Command.Outcome load(Path file) throws IOException, InterruptedException {
        return command("load", "--input", file.toString()).run();
    }

    /** Level 1: a second an image, and a third of the size. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(java.io.OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
