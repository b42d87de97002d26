package dev.foundation.proof;

import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.process.Processes;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A clone by the {@code git} on the PATH, in a folder that goes with it. The password reaches git through a helper that reads it from the child's
 * environment. LFS is left alone: its addresses are those that the server believes to have, which are the live foundation's.
 */
final class ScratchClone implements Scratch.Clone {
    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final String HELPER = "credential.helper=!f() { test \"$1\" = get || exit 0; "
            + "printf 'username=%s\\npassword=%s\\n' \"$FOUNDATION_GIT_USERNAME\" \"$FOUNDATION_GIT_PASSWORD\"; }; f";

    private final HttpForge forge;
    private final Path folder;
    private final String address;

    ScratchClone(HttpForge forge, Path folder) {
        this.forge = forge;
        this.folder = folder;
        this.address = forge.url().toString().replaceFirst("/+$", "") + "/" + forge.repository() + ".git";
    }

    void fetch() throws IOException, InterruptedException {
        String unused = git("clone " + forge.repository(), "clone", "--quiet", address, ".");
    }

    @Override
    public String head() throws IOException, InterruptedException {
        return git("read the clone's head", "rev-parse", "--verify", "HEAD^{commit}");
    }

    @Override
    public long files() throws IOException, InterruptedException {
        return git("list the clone's files", "ls-files")
                .lines()
                .filter(each -> !each.isEmpty())
                .count();
    }

    @Override
    public String push(String branch) throws IOException, InterruptedException {
        String commit = git("make a commit", "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "Proof of a restore");
        String unused =
                git("push to " + forge.repository(), "push", "--quiet", address, commit + ":refs/heads/" + branch);
        return commit;
    }

    private String git(String action, String... command) throws IOException, InterruptedException {
        List<String> args =
                new ArrayList<>(List.of("git", "-c", "core.hooksPath=/dev/null", "-c", "credential.helper="));
        args.addAll(List.of("-c", HELPER, "-c", "http.followRedirects=false", "-c", "commit.gpgSign=false"));
        args.addAll(List.of(command));
        Map<String, String> environment = Map.ofEntries(
                Map.entry("FOUNDATION_GIT_USERNAME", forge.user()),
                Map.entry("FOUNDATION_GIT_PASSWORD", forge.password().expose()),
                Map.entry("GIT_TERMINAL_PROMPT", "0"),
                Map.entry("GIT_ASKPASS", ""),
                Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
                Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
                Map.entry("GIT_LFS_SKIP_SMUDGE", "1"),
                Map.entry("GIT_AUTHOR_NAME", "Foundation"),
                Map.entry("GIT_AUTHOR_EMAIL", "foundation@localhost"),
                Map.entry("GIT_COMMITTER_NAME", "Foundation"),
                Map.entry("GIT_COMMITTER_EMAIL", "foundation@localhost"),
                Map.entry("no_proxy", "*"),
                Map.entry("LC_ALL", "C"));
        Finished done = Processes.run(Command.of(args)
                .in(folder)
                .withEnvironment(environment)
                .withInput(Input.NONE)
                .within(LIMIT));
        if (!done.ok()) {
            throw new IOException("cannot " + action + ": "
                    + done.errors().strip().lines().reduce((a, b) -> b).orElse("git ended with " + done.exit()));
        }
        return done.text();
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @org.jspecify.annotations.Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
