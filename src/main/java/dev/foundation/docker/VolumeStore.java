package dev.foundation.docker;

import dev.foundation.process.Input;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Small files in a named volume, put there and read back through a container that is made of any local image and never started, so that
 * contents travel as a stream and appear in no argument, environment or layer.
 *
 * <p>Removing is the one thing that {@code docker cp} cannot do. So files are first overwritten with nothing (which works with every image),
 * and then unlinked by the image's own {@code rm} in a container without network and with one capability; where the image has no
 * {@code rm}, empty files stay.
 */
public final class VolumeStore {
    private static final String ROOT = "foundation-files";
    private static final Duration TIME = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofHours(2);
    private final DockerCli docker;
    private final String volume;
    private final String image;

    public VolumeStore(DockerCli docker, String volume, String image) {
        this.docker = docker;
        this.volume = volume;
        this.image = image;
    }

    /**
     * A stamp that is another one when the volume was made anew, empty if there is no volume. It is Docker's creation time, which up to Engine
     * 20.10 is the time of the last change in the volume's top folder: another stamp means "look", not "changed".
     */
    public Optional<String> stamp() throws IOException, InterruptedException {
        return docker.inspect("volume", volume)
                .map(json -> json.path("CreatedAt").asText());
    }

    /** Writes the files, replacing those of the same path, and reads them back. */
    public void write(Map<String, StoredFile> files) throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return;
        }
        withContainer(container -> {
            copyIn(container, files);
            // One file may be a mark in a volume full of data; several are all that their volume holds.
            var stored = files.size() == 1
                    ? copyOut(container, files.keySet().iterator().next())
                    : copyOut(container);
            for (var file : files.entrySet()) {
                if (!file.getValue().equals(stored.get(file.getKey()))) {
                    throw new IOException("write " + file.getKey() + " into volume " + volume
                            + ": it read back differently; check the disk and run again");
                }
            }
            return stored;
        });
    }

    /** Every regular file in the volume. */
    public Map<String, StoredFile> read() throws IOException, InterruptedException {
        return withContainer(this::copyOut);
    }

    /** One file at the volume's top; empty if it is not there. The others are not read, however many they are. */
    public Optional<StoredFile> read(String name) throws IOException, InterruptedException {
        return Optional.ofNullable(
                withContainer(container -> copyOut(container, name)).get(name));
    }

    /**
     * Empties and removes files; those that are not there are passed over.
     *
     * @return the paths that stay as empty files because the image has no {@code rm}
     */
    public List<String> remove(Collection<String> paths) throws IOException, InterruptedException {
        var present = withContainer(container -> {
            var stored = copyOut(container);
            stored.keySet().retainAll(paths);
            var emptied = stored.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, file -> new StoredFile(new byte[0], 0, 0, 0)));
            if (!emptied.isEmpty()) {
                copyIn(container, emptied);
            }
            return stored;
        });
        if (present.isEmpty()) {
            return List.of();
        }
        var unlink = new ArrayList<>(
                List.of("run", "--rm", "--pull", "never", "--network", "none", "--read-only", "--user", "0:0"));
        unlink.addAll(List.of("--cap-drop", "ALL", "--cap-add", "DAC_OVERRIDE", "--security-opt", "no-new-privileges"));
        unlink.addAll(List.of("--volume", volume + ":/" + ROOT, "--entrypoint", "rm", image, "-f", "--"));
        present.keySet().forEach(path -> unlink.add("/" + ROOT + "/" + path));
        return docker.attempt(unlink, Input.NONE, TIME).ok() ? List.of() : List.copyOf(present.keySet());
    }

    /**
     * Removes everything in the volume, folders too, with the image's own {@code find}.
     *
     * @param except a file at the volume's top that stays
     */
    public void empty(String except) throws IOException, InterruptedException {
        requireVolume();
        var args = new ArrayList<>(
                List.of("run", "--rm", "--pull", "never", "--network", "none", "--read-only", "--user", "0:0"));
        args.addAll(List.of("--cap-drop", "ALL", "--cap-add", "DAC_OVERRIDE", "--cap-add", "FOWNER"));
        args.addAll(List.of("--security-opt", "no-new-privileges", "--volume", volume + ":/" + ROOT));
        args.addAll(List.of("--entrypoint", "find", image, "/" + ROOT, "-mindepth", "1"));
        args.addAll(List.of("!", "-path", "/" + ROOT + "/" + except, "-delete"));
        docker.run("empty volume " + volume, args, Input.NONE, LONG);
    }

    private void copyIn(String container, Map<String, StoredFile> files) throws IOException, InterruptedException {
        docker.run(
                "write " + files.size() + " files into volume " + volume,
                List.of("cp", "-", container + ":/" + ROOT),
                sink -> FileArchive.write(files, sink),
                TIME);
    }

    private Map<String, StoredFile> copyOut(String container) throws IOException, InterruptedException {
        var tar = docker.run("read volume " + volume, List.of("cp", container + ":/" + ROOT, "-"), Input.NONE, TIME);
        return new TreeMap<>(FileArchive.read(tar.output(), ROOT));
    }

    /** One file; empty if it is not there. Docker's archive holds it under its last name. */
    private Map<String, StoredFile> copyOut(String container, String name) throws IOException, InterruptedException {
        var tar = docker.attempt(List.of("cp", container + ":/" + ROOT + "/" + name, "-"), Input.NONE, TIME);
        if (tar.ok()) {
            return FileArchive.read(tar.output(), "").values().stream()
                    .findFirst()
                    .map(file -> Map.of(name, file))
                    .orElse(Map.of());
        }
        if (tar.errors().contains("Could not find the file") || tar.errors().contains("no such file")) {
            return Map.of();
        }
        throw DockerErrors.of("read " + name + " in volume " + volume, tar.errors());
    }

    private interface Use {
        Map<String, StoredFile> with(String container) throws IOException, InterruptedException;
    }

    private Map<String, StoredFile> withContainer(Use use) throws IOException, InterruptedException {
        requireVolume();
        var name = "foundation-files-" + UUID.randomUUID();
        docker.run(
                "open volume " + volume,
                List.of(
                        "create",
                        "--name",
                        name,
                        "--pull",
                        "never",
                        "--network",
                        "none",
                        "--volume",
                        volume + ":/" + ROOT,
                        image,
                        "never-started"));
        try {
            return use.with(name);
        } finally {
            docker.run("close volume " + volume, List.of("rm", "--force", name));
        }
    }

    /** Docker would quietly make a volume that is missing. */
    private void requireVolume() throws IOException, InterruptedException {
        if (stamp().isEmpty()) {
            throw new DockerException(
                    DockerException.Kind.NO_SUCH_VOLUME,
                    "volume " + volume + " does not exist; run ./foundation up, which makes it");
        }
    }
}
