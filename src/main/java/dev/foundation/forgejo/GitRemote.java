package dev.foundation.forgejo;

import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A local clone and one repository on the server, by the {@code git} on the PATH. The password reaches git through a credential helper that reads it
 * from the child's environment: it is in no address, no argument and no file. The user's own hooks and helpers are not run.
 */
public final class GitRemote {
    private static final Duration QUICK = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final String HELPER = "credential.helper=!f() { test \"$1\" = get || exit 0; "
            + "printf 'username=%s\\npassword=%s\\n' \"$FOUNDATION_GIT_USERNAME\" \"$FOUNDATION_GIT_PASSWORD\"; }; f";
    private final Path clone;
    private final String address;
    private final Map<String, String> environment;

    /** @param url the server's address, without credentials */
    public GitRemote(Path clone, URI url, String owner, String repository, String username, String password) {
        this.clone = clone.toAbsolutePath().normalize();
        this.address = url.toString().replaceFirst("/+$", "") + "/" + owner + "/" + repository + ".git";
        var settings = new HashMap<String, String>();
        settings.put("FOUNDATION_GIT_USERNAME", username);
        settings.put("FOUNDATION_GIT_PASSWORD", password);
        settings.put("GIT_TERMINAL_PROMPT", "0");
        settings.put("GIT_ASKPASS", "");
        settings.put("LC_ALL", "C");
        if (url.getHost() != null && isLoopback(url.getHost())) {
            settings.put("no_proxy", url.getHost());
        }
        this.environment = Map.copyOf(settings);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The commit that the clone has checked out. */
    public String head() throws IOException, InterruptedException {
        var result = git(QUICK, "rev-parse", "--verify", "HEAD^{commit}");
        if (!result.ok()) {
            throw new IOException(
                    clone + " is no git repository with a commit; clone the project with git and run there");
        }
        return result.text();
    }

    /** The commit that the server's branch points to; empty if there is no such branch. */
    public Optional<String> remoteHead(String branch) throws IOException, InterruptedException {
        var result = wanted(
                "ask " + address + " for its branches", git(QUICK, "ls-remote", address, "refs/heads/" + branch));
        return result.text().isEmpty()
                ? Optional.empty()
                : Optional.of(result.text().split("\\s")[0]);
    }

    /** Whether a commit is the other one or comes before it; false where the clone does not know it. */
    public boolean isAncestor(String commit, String of) throws IOException, InterruptedException {
        return git(QUICK, "merge-base", "--is-ancestor", commit, of).ok();
    }

    /** What stands in the way of a push from this clone; empty if nothing. */
    public Optional<String> obstacle() throws IOException, InterruptedException {
        return git(QUICK, "rev-parse", "--is-shallow-repository").text().equals("true")
                ? Optional.of(clone + " is a shallow clone, which cannot be pushed; run: git fetch --unshallow")
                : Optional.empty();
    }

    /** Whether the commit keeps files in LFS, and git-lfs is missing, so that they would stay behind. */
    public boolean lacksLfs(String commit) throws IOException, InterruptedException {
        return git(QUICK, "grep", "--quiet", "filter=lfs", commit, "--", ":(glob)**/.gitattributes")
                        .ok()
                && !hasLfs();
    }

    private boolean hasLfs() throws IOException, InterruptedException {
        return git(QUICK, "lfs", "version").ok();
    }

    /** Pushes the commit, its LFS objects first. Never forces: a branch that went another way is an error. */
    public void push(String commit, String branch) throws IOException, InterruptedException {
        if (hasLfs()) {
            wanted(
                    "push the LFS objects to " + address,
                    git(LONG, "-c", "lfs.locksverify=false", "lfs", "push", address, commit));
        }
        wanted(
                "push to " + address,
                git(LONG, "push", "--quiet", "--no-verify", address, commit + ":refs/heads/" + branch));
    }

    private static Finished wanted(String action, Finished result) throws IOException {
        if (!result.ok()) {
            throw new IOException(action + ": "
                    + result.errors().strip().lines().reduce((a, b) -> b).orElse("git failed"));
        }
        return result;
    }

    private Finished git(Duration time, String... args) throws IOException, InterruptedException {
        // The clone may belong to another user than the one who runs this, and its hooks are none of our business.
        var all = new ArrayList<>(List.of("git", "-c", "safe.directory=" + clone, "-c", "core.hooksPath=/dev/null"));
        all.addAll(List.of("-c", "credential.helper=", "-c", HELPER));
        all.addAll(List.of(args));
        return Processes.run(
                Command.of(all).in(clone).withEnvironment(environment).within(time));
    }
}
