package dev.foundation.artifact.pulumistate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The checkpoints of one stack in a folder of Pulumi's file backend, compressed or not. Layout, as Pulumi 3.230 writes it:
 * {@code .pulumi/stacks/<project>/<stack>.json[.gz]} is the present one, {@code .bak} beside it the one before, and
 * {@code .pulumi/backups/<project>/<stack>/<stack>.<nanoseconds>.json[.gz]} the older ones.
 */
final class Checkpoints {
    private static final long NANOS = 1_000_000_000;
    private final Path folder;
    private final String project;
    private final String stack;

    Checkpoints(Path folder, String project, String stack) {
        this.folder = folder.resolve(".pulumi");
        this.project = project;
        this.stack = stack;
    }

    private record Candidate(Path file, Instant made) {}

    /**
     * @param source the file's path within the folder
     * @param pending open operations of the stack's present checkpoint, which is then not this one
     */
    record Found(StackExport export, String source, int pending) {}

    /** The newest without pending operations (K4). */
    Found newest() throws IOException {
        List<Candidate> present = files(folder.resolve("stacks").resolve(project), exactly(""));
        if (present.isEmpty()) {
            throw new IOException("the state of stack " + stack + " is not there: no " + stack + ".json in "
                    + folder.resolve("stacks").resolve(project) + "; is the folder of the backend mounted?");
        }
        ObjectNode now = export(present.getFirst().file());
        int pending = StackExport.pending(now.path("deployment"));
        if (pending == 0) {
            return new Found(StackExport.of(now), within(present.getFirst().file()), 0);
        }
        for (Candidate older : older()) {
            ObjectNode export = export(older.file());
            if (StackExport.pending(export.path("deployment")) == 0) {
                return new Found(StackExport.of(export), within(older.file()), pending);
            }
        }
        throw new IOException("the state of stack " + stack + " has " + pending
                + " pending operations, and there is no older one without: run `./foundation up` to settle them");
    }

    private List<Candidate> older() throws IOException {
        var all = new ArrayList<>(files(folder.resolve("stacks").resolve(project), exactly("\\.bak")));
        all.addAll(files(
                folder.resolve("backups").resolve(project).resolve(stack),
                Pattern.compile(Pattern.quote(stack) + "\\.(\\d{10,19})\\.json(?:\\.gz)?")));
        all.sort(Comparator.comparing(Candidate::made).reversed());
        return all;
    }

    private Pattern exactly(String ending) {
        return Pattern.compile(Pattern.quote(stack) + "\\.json(?:\\.gz)?" + ending);
    }

    /** Newest first. */
    private static List<Candidate> files(Path folder, Pattern form) throws IOException {
        var found = new ArrayList<Candidate>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = form.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(new Candidate(file, made(file, name)));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        found.sort(Comparator.comparing(Candidate::made).reversed());
        return found;
    }

    private static Instant made(Path file, Matcher name) throws IOException {
        Optional<String> nanos = name.groupCount() > 0 ? Optional.ofNullable(name.group(1)) : Optional.empty();
        if (nanos.isPresent()) {
            long moment = Long.parseLong(nanos.get());
            return Instant.ofEpochSecond(moment / NANOS, moment % NANOS);
        }
        return Files.getLastModifiedTime(file).toInstant();
    }

    /** {@code {"version":3,"checkpoint":{"latest":{...}}}} becomes {@code {"version":3,"deployment":{...}}}. */
    private static ObjectNode export(Path file) throws IOException {
        JsonNode checkpoint = StackExport.parse(bytes(file), "the checkpoint " + file.getFileName());
        JsonNode latest = checkpoint.path("checkpoint").path("latest");
        if (!latest.isObject()) {
            throw new IOException(
                    "the checkpoint " + file.getFileName() + " holds no state: has `./foundation up` run?");
        }
        ObjectNode export = new JsonMapper().createObjectNode();
        export.set("version", checkpoint.path("version"));
        if (checkpoint.has("features")) {
            export.set("features", checkpoint.path("features"));
        }
        export.set("deployment", latest);
        return export;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            // The name of a ".bak" does not tell: the first two bytes do.
            byte[] raw = in.readAllBytes();
            boolean gzip = raw.length > 2 && raw[0] == 0x1f && (raw[1] & 0xff) == 0x8b;
            if (!gzip) {
                return raw;
            }
            try (var plain = new GZIPInputStream(new java.io.ByteArrayInputStream(raw))) {
                return plain.readAllBytes();
            }
        }
    }

    private String within(Path file) {
        return folder.relativize(file).toString();
    }
}
