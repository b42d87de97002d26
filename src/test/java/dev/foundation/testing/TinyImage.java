package dev.foundation.testing;

import dev.foundation.docker.DockerCli;
import dev.foundation.process.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image of a few of this machine's own programs and their libraries, removed with the test. */
public final class TinyImage implements AutoCloseable {
    public static final DockerCli DOCKER = new DockerCli(Map.of());
    private final String name = "foundation-test-" + UUID.randomUUID() + ":1";

    private TinyImage() {}

    public static boolean dockerRuns() throws InterruptedException {
        try {
            return DOCKER.attempt(List.of("version"), Input.NONE, Duration.ofSeconds(20))
                    .ok();
        } catch (IOException e) {
            return false;
        }
    }

    public static TinyImage of(String... programs) throws IOException, InterruptedException {
        var files = new LinkedHashSet<String>();
        for (var program : programs) {
            files.add(program);
            files.addAll(libraries(program));
        }
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.putArchiveEntry(new TarArchiveEntry("etc/"));
            tar.closeArchiveEntry();
            for (var file : files) {
                var content = Files.readAllBytes(Path.of(file));
                var entry = new TarArchiveEntry(file.substring(1));
                entry.setMode(0755);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        var image = new TinyImage();
        DOCKER.run(
                "import the test's image",
                List.of("import", "-", image.name),
                Input.of(bytes.toByteArray()),
                Duration.ofMinutes(1));
        return image;
    }

    private static Set<String> libraries(String program) throws IOException, InterruptedException {
        var found = new LinkedHashSet<String>();
        var said = dev.foundation.process.Processes.run(dev.foundation.process.Command.of(List.of("ldd", program)));
        var paths = Pattern.compile("(/\\S+) \\(0x").matcher(said.text());
        while (paths.find()) {
            found.add(paths.group(1));
        }
        return found;
    }

    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        try {
            DOCKER.run("remove the test's image", List.of("image", "rm", "--force", name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
