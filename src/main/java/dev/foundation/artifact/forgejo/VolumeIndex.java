package dev.foundation.artifact.forgejo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.tar.TarEntry;
import dev.foundation.artifact.tar.TarParser;
import dev.foundation.artifact.tar.TarReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an archive of Forgejo's volume holds, seen while it goes by: the producer and the reader use the same eyes, so that both give equal facts.
 * Relies on the producer's order within a repository.
 */
public final class VolumeIndex implements TarParser.Listener {
    private static final int MOST_HEAD = 4096;
    private static final Pattern SSH_HOST_KEY =
            Pattern.compile("(?:.*/)?ssh/(?:gitea|gogs|forgejo|ssh_host_\\w+)[^/]*");
    private static final Pattern APP_INI =
            Pattern.compile("(?:\\./)?(?:(?:custom/|data/gitea/|gitea/)?conf/)?app\\.ini");

    /**
     * Where a repository stands.
     *
     * @param branch what HEAD names, such as {@code refs/heads/main}; empty where HEAD holds a commit itself
     * @param commit 40 or 64 hexadecimal digits; empty where the branch has no commit yet
     */
    public record Head(String branch, String commit) {}

    private final SortedMap<String, Head> repositories = new TreeMap<>();
    private long files;
    private long folders;
    private long links;
    private long bytes;
    private int sshHostKeys;
    private boolean appIni;

    private String repository = "";
    private ByteArrayOutputStream head = new ByteArrayOutputStream();
    private ByteArrayOutputStream loose = new ByteArrayOutputStream();
    private Lines packed = new Lines("");

    /** Reads an archive, not compressed, to its end. @throws IOException if it is cut or damaged */
    public static VolumeIndex read(InputStream tar) throws IOException {
        var index = new VolumeIndex();
        TarReader.read(tar, index);
        return index;
    }

    @Override
    public Optional<OutputStream> entry(TarEntry entry) {
        switch (entry.type()) {
            case FILE -> {
                files++;
                bytes += entry.size();
            }
            case DIRECTORY -> folders++;
            case SYMBOLIC_LINK, HARD_LINK -> links++;
            case SPECIAL -> {}
        }
        String name = entry.name().endsWith("/")
                ? entry.name().substring(0, entry.name().length() - 1)
                : entry.name();
        appIni |= APP_INI.matcher(name).matches();
        sshHostKeys +=
                entry.type() == TarEntry.Type.FILE && SSH_HOST_KEY.matcher(name).matches() ? 1 : 0;
        return switch (entry.type()) {
            case DIRECTORY -> {
                if (!repository.isEmpty() && name.equals(repository + "/objects")) {
                    repositories.put(repository.replaceFirst("^\\./", ""), resolved());
                    repository = "";
                }
                yield Optional.empty();
            }
            case FILE -> reference(name, entry.size());
            case SYMBOLIC_LINK, HARD_LINK, SPECIAL -> Optional.empty();
        };
    }

    private Optional<OutputStream> reference(String name, long size) {
        boolean inside = !repository.isEmpty() && name.startsWith(repository + "/");
        if (!inside && name.endsWith("/HEAD") && size < MOST_HEAD) {
            repository = name.substring(0, name.length() - "/HEAD".length());
            head = new ByteArrayOutputStream();
            loose = new ByteArrayOutputStream();
            packed = new Lines("");
            return Optional.of(head);
        }
        if (inside && size < MOST_HEAD && name.equals(repository + "/" + branch())) {
            loose = new ByteArrayOutputStream();
            return Optional.of(loose);
        }
        if (inside && name.equals(repository + "/packed-refs")) {
            packed = new Lines(" " + branch());
            return Optional.of(packed);
        }
        return Optional.empty();
    }

    private String branch() {
        String text = head.toString(StandardCharsets.UTF_8).strip();
        return text.startsWith("ref: ") ? text.substring("ref: ".length()).strip() : "";
    }

    private Head resolved() {
        String branch = branch();
        if (branch.isEmpty()) {
            return new Head("", head.toString(StandardCharsets.UTF_8).strip());
        }
        String own = loose.toString(StandardCharsets.UTF_8).strip();
        return new Head(branch, own.isEmpty() ? packed.found() : own);
    }

    /** By path from the volume's top. */
    public Map<String, Head> repositories() {
        return Map.copyOf(repositories);
    }

    /** {@code files}, {@code folders}, {@code links}, {@code bytes}, {@code appIni}, {@code sshHostKeys}, {@code repositories}. */
    public ObjectNode facts() {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("files", files);
        facts.put("folders", folders);
        facts.put("links", links);
        facts.put("bytes", bytes);
        facts.put("appIni", appIni);
        facts.put("sshHostKeys", sshHostKeys);
        ObjectNode heads = facts.putObject("repositories");
        repositories.forEach((name, found) -> {
            ObjectNode one = heads.putObject(name);
            one.put("branch", found.branch());
            one.put("commit", found.commit());
        });
        return facts;
    }

    /** Finds the line of one reference in a {@code packed-refs} of any length. */
    private static final class Lines extends OutputStream {
        private final String ending;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private String found = "";

        Lines(String ending) {
            this.ending = ending;
        }

        @Override
        public void write(int b) {
            if (b != '\n') {
                if (line.size() < MOST_HEAD) {
                    line.write(b);
                }
                return;
            }
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            if (!ending.isBlank() && !text.startsWith("#") && text.endsWith(ending)) {
                found = text.substring(0, text.length() - ending.length());
            }
        }

        String found() {
            return found;
        }
    }
}
