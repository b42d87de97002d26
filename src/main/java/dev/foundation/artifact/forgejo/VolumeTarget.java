package dev.foundation.artifact.forgejo;

import dev.foundation.docker.DockerCli;
import dev.foundation.docker.StoredFile;
import dev.foundation.docker.VolumeStore;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Docker volume that gets an archive, through throw-away containers of an image that is on this machine: without network, as root, with the few rights
 * that owners and modes need. Where the image has GNU tar, that unpacks, with extended attributes and ACLs; where it has none (busybox's tar knows neither),
 * Docker itself does ({@code docker cp}), which knows no ACLs.
 *
 * @param image with {@code find}, {@code rm}, {@code chown} and {@code chmod}
 */
record VolumeTarget(DockerCli docker, String volume, String image) {
    /** At the volume's top, owned by root; no backup takes it along ({@link Exclusion#FORGEJO}). */
    static final String MARK = "foundation-restore";

    /** The configuration, where it lies outside of the volume, is the archive's first entry; a resource of its own writes it. */
    private static final String APP_INI = "app.ini";

    private static final String ROOT = "/foundation-files";
    private static final Duration QUICK = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofDays(1);

    Optional<String> mark() throws IOException, InterruptedException {
        return store().read(MARK).map(file -> new String(file.content(), StandardCharsets.UTF_8));
    }

    void mark(String text) throws IOException, InterruptedException {
        store().write(Map.of(MARK, new StoredFile(text.getBytes(StandardCharsets.UTF_8), 0, 0, 0444)));
    }

    /** Something in it that is not the mark; empty if there is nothing. */
    Optional<String> first() throws IOException, InterruptedException {
        String found = run(
                        "look into volume " + volume,
                        "find",
                        List.of(ROOT, "-mindepth", "1", "-maxdepth", "1"),
                        Input.NONE,
                        QUICK)
                .text();
        return found.lines()
                .map(line -> line.substring(line.lastIndexOf('/') + 1))
                .filter(name -> !name.equals(MARK) && !name.equals("lost+found"))
                .findFirst();
    }

    void empty() throws IOException, InterruptedException {
        store().empty(MARK);
    }

    /**
     * @param tar not compressed; a failure of its own is for the caller to remember: a program sees but an early end
     * @param uid whose the volume's top is to be, with {@code gid} and {@code mode}: Docker's own copy leaves it root's
     */
    void unpack(Input tar, int uid, int gid, int mode) throws IOException, InterruptedException {
        if (hasGnuTar()) {
            extract(tar, ROOT, List.of());
            return;
        }
        copy(tar, ROOT);
        for (List<String> each : List.of(
                List.of("rm", "-f", ROOT + "/" + APP_INI),
                List.of("chown", uid + ":" + gid, ROOT),
                List.of("chmod", Integer.toOctalString(mode), ROOT))) {
            var ignored = run(
                    each.getFirst() + " in volume " + volume,
                    each.getFirst(),
                    each.subList(1, each.size()),
                    Input.NONE,
                    QUICK);
        }
    }

    /**
     * As above, into a folder of the volume that is made for it.
     *
     * @param members what alone is wanted, as the archive names it; empty for all. Docker's own copy knows no such choice, and brings everything
     */
    void unpackBeside(Input tar, String folder, List<String> members) throws IOException, InterruptedException {
        var ignored =
                script("make a folder in volume " + volume, "mkdir -p \"$1\" && rm -rf \"$1\"/* ", List.of(folder));
        if (hasGnuTar()) {
            extract(tar, ROOT + "/" + folder, members);
        } else {
            copy(tar, ROOT + "/" + folder);
        }
    }

    /** Runs a shell's script at the volume's top, as root. @param args {@code $1} and so on */
    Finished script(String action, String script, List<String> args) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("-ec", "cd " + ROOT + "\n" + script, "sh"));
        all.addAll(args);
        return run(action, "sh", all, Input.NONE, LONG);
    }

    private void extract(Input tar, String folder, List<String> members) throws IOException, InterruptedException {
        var args = new ArrayList<>(List.of(
                "--extract",
                "--file=-",
                // As TarStream writes: else tar ends with the end mark, and leaves the rest of its record unread.
                "--read-full-records",
                "--blocking-factor=128",
                "--directory=" + folder,
                "--numeric-owner",
                "--same-owner",
                "--preserve-permissions",
                "--xattrs",
                "--xattrs-include=*",
                "--acls",
                "--delay-directory-restore",
                "--anchored",
                "--exclude=" + APP_INI));
        args.addAll(members);
        var ignored = run("unpack into volume " + volume, "tar", args, tar, LONG);
    }

    private boolean hasGnuTar() throws IOException, InterruptedException {
        Finished version = docker.attempt(args("tar", List.of("--version"), false), Input.NONE, QUICK);
        return version.ok() && version.text().contains("GNU tar");
    }

    private void copy(Input tar, String folder) throws IOException, InterruptedException {
        String container = docker.run(
                        "open volume " + volume,
                        List.of(
                                "create",
                                "--pull",
                                "never",
                                "--network",
                                "none",
                                "--volume",
                                volume + ":" + ROOT,
                                image,
                                "never-started"))
                .text();
        try {
            var ignored =
                    docker.run("unpack into volume " + volume, List.of("cp", "-", container + ":" + folder), tar, LONG);
        } finally {
            docker.run("close volume " + volume, List.of("rm", "--force", container));
        }
    }

    private Finished run(String action, String program, List<String> rest, Input input, Duration time)
            throws IOException, InterruptedException {
        return docker.run(action, args(program, rest, !input.equals(Input.NONE)), input, time);
    }

    private List<String> args(String program, List<String> rest, boolean interactive) {
        var args = new ArrayList<>(List.of("run", "--rm", "--pull", "never", "--network", "none", "--user", "0:0"));
        if (interactive) {
            args.add("--interactive");
        }
        args.addAll(List.of("--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
        for (String right : List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID")) {
            args.addAll(List.of("--cap-add", right));
        }
        args.addAll(List.of("--volume", volume + ":" + ROOT, "--entrypoint", program, image));
        args.addAll(rest);
        return args;
    }

    private VolumeStore store() {
        return new VolumeStore(docker, volume, image);
    }
}
