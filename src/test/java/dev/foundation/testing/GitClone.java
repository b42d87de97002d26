package dev.foundation.testing;

import dev.foundation.process.Command;
import dev.foundation.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small git repository with commits of the test's. */
public record GitClone(Path folder) {
    public static GitClone init(Path folder) throws IOException, InterruptedException {
        var clone = new GitClone(Files.createDirectories(folder));
        clone.git("init", "--quiet", "--initial-branch=main");
        return clone;
    }

    /** Writes a file and commits it. Returns the commit. */
    public String commit(String file, String content) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(file), content);
        git("add", "--all");
        git("commit", "--quiet", "--message", "Change " + file);
        return git("rev-parse", "HEAD");
    }

    public String git(String... args) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(
                "git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"));
        all.addAll(List.of(args));
        var result = Processes.run(Command.of(all).in(folder).withEnvironment(Map.of("GIT_CONFIG_NOSYSTEM", "1")));
        if (!result.ok()) {
            throw new IOException(String.join(" ", args) + ": " + result.errors());
        }
        return result.text();
    }
}
