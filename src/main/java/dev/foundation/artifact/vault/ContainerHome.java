package dev.foundation.artifact.vault;

import dev.foundation.docker.DockerCli;
import dev.foundation.docker.StoredFile;
import dev.foundation.docker.VolumeStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Vault in a container, with its data in a volume.
 *
 * @param image any on this machine with {@code find}, such as Vault's
 */
public record ContainerHome(DockerCli docker, String container, String volume, String image) implements VaultHome {
    private static final String MARK = "foundation-restore";

    @Override
    public String place() {
        return "volume " + volume;
    }

    @Override
    public Optional<String> mark() throws IOException, InterruptedException {
        return store().read(MARK).map(file -> new String(file.content(), StandardCharsets.UTF_8));
    }

    @Override
    public void mark(String text) throws IOException, InterruptedException {
        store().write(Map.of(MARK, new StoredFile(text.getBytes(StandardCharsets.UTF_8), 0, 0, 0444)));
    }

    @Override
    public void beginAnew() throws IOException, InterruptedException {
        docker.run("stop container " + container, List.of("stop", container));
        store().empty(MARK);
        docker.run("start container " + container, List.of("start", container));
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        docker.run("restart container " + container, List.of("restart", container));
    }

    private VolumeStore store() {
        return new VolumeStore(docker, volume, image);
    }
}
