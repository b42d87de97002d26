package dev.foundation.artifact.forgejo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.artifact.PlainSource;
import dev.foundation.docker.DockerCli;
import dev.foundation.event.RunEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts a point's files in the place of those of a volume that is in use: they are unpacked beside what is there, whole, and then both change places by renaming.
 * Nothing is removed but what was unpacked in vain. Forgejo must stand still for {@link #exchange} and {@link #undo}.
 */
public final class VolumeSwap {
    /** At the volume's top; no backup takes it along ({@link Exclusion#FORGEJO}). */
    public static final String KEPT = "foundation-before";

    /** Everything at the volume's top but what is not Forgejo's goes into {@code $to}. */
    private static final String TOP = """
            for each in ./* ./.[!.]* ./..?*; do
              if [ ! -e "$each" ] && [ ! -L "$each" ]; then continue; fi
              case "$each" in ./%s | ./%s | ./lost+found) continue ;; esac
              mv "$each" "$to/"
            done
            """.formatted(KEPT, VolumeTarget.MARK);
    /** Everything in {@code $from} goes to the volume's top. */
    private static final String BACK = """
            for each in "$from"/* "$from"/.[!.]* "$from"/..?*; do
              if [ ! -e "$each" ] && [ ! -L "$each" ]; then continue; fi
              mv "$each" ./
            done
            """;

    private static final String WHOLE = """
            b=$1; to=$b/old; mkdir -p "$to"
            """ + TOP + ": > \"$b/moved\"; from=$b/new\n" + BACK;
    private static final String WHOLE_BACK = """
            b=$1; to=$b/after; mkdir -p "$to" "$b/old"
            if [ -e "$b/moved" ]; then
            """ + TOP + "fi\nfrom=$b/old\n" + BACK + "rm -f \"$b/moved\"\n";
    private static final String PATHS = """
            b=$1; owner=$2; shift 2
            for p; do
              mkdir -p "$b/old/${p%/*}"
              if [ ! -d "${p%/*}" ]; then mkdir -p "${p%/*}"; chown "$owner" "${p%/*}"; fi
              if [ -e "$p" ]; then mv "$p" "$b/old/$p"; fi
              mv "$b/new/$p" "$p"
            done
            """;
    /** What is still in {@code new} has not taken its place. */
    private static final String PATHS_BACK = """
            b=$1; shift 2
            for p; do
              if [ ! -e "$b/new/$p" ] && [ -e "$p" ]; then mkdir -p "$b/after/${p%/*}"; mv "$p" "$b/after/$p"; fi
              if [ -e "$b/old/$p" ]; then mv "$b/old/$p" "$p"; fi
            done
            """;

    private final VolumeTarget target;
    private final ForgejoRestorer restorer;
    private final int uid;
    private final int gid;

    /**
     * @param image on this machine, with a shell and {@code mv}; best with GNU tar
     * @param uid whom the files must belong to
     */
    public VolumeSwap(DockerCli docker, String volume, String image, int uid, int gid, Consumer<RunEvent> events) {
        this.target = new VolumeTarget(docker, volume, image);
        this.restorer = new ForgejoRestorer(docker, volume, image, events);
        this.uid = uid;
        this.gid = gid;
    }

    /**
     * The paths of a repository and its wiki.
     *
     * @param facts the manifest's, of this artifact
     * @param repository {@code owner/name}
     * @throws IOException if the point has no such repository
     */
    public static List<String> paths(JsonNode facts, String repository) throws IOException {
        String name = "/" + repository.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        facts.path("repositories").fieldNames().forEachRemaining(each -> {
            if (("/" + each).endsWith(name + ".git") || ("/" + each).endsWith(name + ".wiki.git")) {
                found.add(each);
            }
        });
        if (found.stream().noneMatch(each -> each.endsWith(name + ".git"))) {
            throw new IOException("the point has no repository " + repository + " (it has "
                    + facts.path("repositories").size() + "). Nothing was touched");
        }
        return found;
    }

    /** In kibibytes, of what is there now; empty if nothing is. @param path from the volume's top */
    public Optional<Long> size(String path) throws IOException, InterruptedException {
        String said = target.script(
                        "look into volume " + target.volume(),
                        "if [ -e \"$1\" ]; then du -sk \"$1\"; fi",
                        List.of(path))
                .text();
        return said.lines().findFirst().map(line -> Long.valueOf(line.strip().split("\\s+", 2)[0]));
    }

    /** Reads the whole archive and holds it against the manifest. */
    public void prove(PlainSource artifact, JsonNode facts) throws IOException, InterruptedException {
        var ignored = restorer.check(artifact, facts, uid, gid);
    }

    /**
     * @param stamp of this restore; its folder in the volume
     * @param paths what alone is wanted; empty for all
     */
    public void unpack(PlainSource artifact, JsonNode facts, String stamp, List<String> paths)
            throws IOException, InterruptedException {
        List<String> members = paths.stream().map(each -> "./" + each).toList();
        restorer.unpack(
                artifact,
                facts.path("bytes").asLong(),
                tar -> target.unpackBeside(tar, KEPT + "/" + stamp + "/new", members));
    }

    /** What was unpacked in vain goes; what was kept stays. */
    public void drop(String stamp) throws IOException, InterruptedException {
        var ignored = target.script(
                "remove what was unpacked",
                "rm -rf \"$1/new\"; find \"$1\" -depth -type d -exec rmdir {} + 2>/dev/null || :; rmdir " + KEPT
                        + " 2>/dev/null || :",
                List.of(KEPT + "/" + stamp));
    }

    /** @param paths as they were unpacked */
    public void exchange(String stamp, List<String> paths) throws IOException, InterruptedException {
        var ignored = target.script(
                "put the point's files in their place", paths.isEmpty() ? WHOLE : PATHS, args(stamp, paths));
    }

    /** Also after an exchange that broke off. What had taken the place is kept beside, too. */
    public void undo(String stamp, List<String> paths) throws IOException, InterruptedException {
        var ignored = target.script(
                "put the files back that were there", paths.isEmpty() ? WHOLE_BACK : PATHS_BACK, args(stamp, paths));
    }

    private List<String> args(String stamp, List<String> paths) {
        List<String> args = new ArrayList<>(List.of(KEPT + "/" + stamp, uid + ":" + gid));
        args.addAll(paths);
        return args;
    }
}
