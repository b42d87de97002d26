package dev.foundation.plugin.files;

import dev.foundation.docker.DockerCli;
import dev.foundation.docker.StoredFile;
import dev.foundation.docker.VolumeStore;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Problems;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Files with secrets in a volume, owned by the service that reads them (K5). The volume itself belongs to whoever declared it. */
public final class VolumeFiles implements ResourceHandler<VolumeFiles.Inputs, VolumeFiles.Outputs> {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*");
    private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
    private final DockerCli docker;

    public VolumeFiles(DockerCli docker) {
        this.docker = docker;
    }

    /**
     * @param image any image on this machine; a container is made of it to reach the volume, and not started
     * @param files content by relative path
     * @param mode octal, 0400 by default
     */
    public record Inputs(
            @ReplaceOnChange String volume,
            String image,
            @Secret Map<String, String> files,
            int uid,
            int gid,
            Optional<String> mode) {
        public Inputs {
            files = Map.copyOf(files);
        }

        int permissions() {
            return Integer.parseInt(mode.orElse("0400"), 8);
        }

        @Override
        public String toString() {
            return "files in volume " + volume;
        }
    }

    /**
     * @param digest changes when any file, owner or mode does; put it into a container's labels so that it restarts then. Keyed, so that nobody
     *     can test guesses against it
     * @param stamp the volume's, as it was after the last write: while it is the same, nothing is looked at
     */
    public record Outputs(String digest, @Secret String salt, String stamp) {
        @Override
        public String toString() {
            return digest;
        }
    }

    @Override
    public String token() {
        return "foundation:index:VolumeFiles";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        var problems = new Problems()
                .filled("volume", inputs.volume())
                .filled("image", inputs.image())
                .unless(!inputs.files().isEmpty(), "files", "name at least one file")
                .unless(inputs.uid() >= 0, "uid", "must be 0 or more")
                .unless(inputs.gid() >= 0, "gid", "must be 0 or more")
                .matching("mode", inputs.mode().orElse("0400"), MODE, "an octal mode such as 0400");
        inputs.files()
                .keySet()
                .forEach(path -> problems.matching(
                        "files",
                        path,
                        PATH,
                        "relative paths of letters, digits, '.', '_', '-' and '/', no part starting with '.' or '-'"));
        return problems.list();
    }

    /**
     * One look at the volume's stamp; the files are read only where it has changed. So a volume that is gone or was made anew is always seen here,
     * and a file that somebody edited within the volume only by a refresh: the stamp counts seconds, and later Engines keep it over edits.
     */
    @Override
    public Optional<String> drift(String id, Inputs inputs, Outputs state) throws InterruptedException {
        var store = store(inputs);
        try {
            var stamp = store.stamp();
            if (stamp.isEmpty()) {
                return Optional.of("the volume is missing");
            }
            if (stamp.get().equals(state.stamp())) {
                return Optional.empty();
            }
            var same = store.read().entrySet().containsAll(wanted(inputs).entrySet());
            return same ? Optional.empty() : Optional.of("files in the volume are missing or were changed");
        } catch (IOException e) {
            // Docker cannot be reached: no reason to change anything.
            return Optional.empty();
        }
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        var salt = new byte[32];
        new SecureRandom().nextBytes(salt);
        store(inputs).write(wanted(inputs));
        return new Created<>(inputs.volume(), outputs(inputs, HexFormat.of().formatHex(salt)));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        if (known.isEmpty()) {
            throw new IOException("files in volume " + id
                    + " cannot be imported, as only the program knows them; declare them and run up");
        }
        var inputs = known.get().inputs();
        var store = store(inputs);
        var stamp = store.stamp();
        if (stamp.isEmpty()) {
            return Optional.empty();
        }
        var stored = store.read();
        var wanted = wanted(inputs);
        var present = new HashMap<String, String>();
        for (var file : wanted.entrySet()) {
            var found = stored.get(file.getKey());
            if (found != null) {
                // A wrong owner or mode shows as another content: the file is not what was asked for.
                boolean same = found.equals(file.getValue());
                var content = new String(found.content(), StandardCharsets.UTF_8);
                present.put(
                        file.getKey(), same || !content.equals(inputs.files().get(file.getKey())) ? content : "");
            }
        }
        var now = new Inputs(inputs.volume(), inputs.image(), present, inputs.uid(), inputs.gid(), inputs.mode());
        var salt = known.get().outputs().salt();
        return Optional.of(new Current<>(now, new Outputs(digest(now, salt), salt, stamp.get())));
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        store(inputs).write(wanted(inputs));
        var unwanted = new HashSet<>(old.inputs().files().keySet());
        unwanted.removeAll(inputs.files().keySet());
        remove(inputs, unwanted, run);
        return outputs(inputs, old.outputs().salt());
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        if (store(old.inputs()).stamp().isPresent()) {
            remove(old.inputs(), old.inputs().files().keySet(), run);
        }
    }

    private void remove(Inputs inputs, Set<String> paths, Run run) throws IOException, InterruptedException {
        if (paths.isEmpty()) {
            return;
        }
        var left = store(inputs).remove(paths);
        if (!left.isEmpty()) {
            run.warn("volume " + inputs.volume() + ": image " + inputs.image()
                    + " has no rm, so these files were emptied and stay: " + String.join(", ", left));
        }
    }

    /** Taken last, as writing and removing change the stamp. */
    private Outputs outputs(Inputs inputs, String salt) throws IOException, InterruptedException {
        return new Outputs(digest(inputs, salt), salt, store(inputs).stamp().orElse(""));
    }

    private VolumeStore store(Inputs inputs) {
        return new VolumeStore(docker, inputs.volume(), inputs.image());
    }

    private static Map<String, StoredFile> wanted(Inputs inputs) {
        var files = new TreeMap<String, StoredFile>();
        inputs.files()
                .forEach((path, content) -> files.put(
                        path,
                        new StoredFile(
                                content.getBytes(StandardCharsets.UTF_8),
                                inputs.uid(),
                                inputs.gid(),
                                inputs.permissions())));
        return files;
    }

    private static String digest(Inputs inputs, String salt) {
        var digest = new KeyedDigest(HexFormat.of().parseHex(salt));
        wanted(inputs)
                .forEach((path, file) ->
                        digest.add(path).add(file.content()).add(file.uid() + ":" + file.gid() + ":" + file.mode()));
        return digest.hex();
    }
}
