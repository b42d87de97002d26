package dev.foundation.artifact.forgejo;

import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.process.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether every reference of every repository below a folder points to an object that is there (P5). Git reads only: no hooks, no configuration
 * but the repository's own, no network whatever that says.
 */
public final class GitCheck {
    private static final Duration TIME = Duration.ofMinutes(10);
    private static final int MOST_REFERENCES = 256 * 1024 * 1024;
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_CONFIG_NOSYSTEM",
            "1",
            "GIT_CONFIG_GLOBAL",
            "/dev/null",
            "GIT_OPTIONAL_LOCKS",
            "0",
            "GIT_NO_LAZY_FETCH",
            "1",
            // A partial clone would fetch what is missing, over whatever its configuration names.
            "GIT_ALLOW_PROTOCOL",
            "none",
            "GIT_TERMINAL_PROMPT",
            "0",
            "LC_ALL",
            "C");

    private GitCheck() {}

    /**
     * What was looked at, and what is wrong.
     *
     * @param repositories how many were looked at; none is no proof of anything
     * @param references how many references they have together
     */
    public record Result(int repositories, long references, List<GitFinding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }
    }

    /** Looks at all repositories of a volume of Forgejo's, mounted or unpacked, but for those that no backup takes ({@link Exclusion}). */
    public static Result run(Path root) throws IOException, InterruptedException {
        var findings = new ArrayList<GitFinding>();
        List<Path> repositories = repositories(root);
        long references = 0;
        for (Path repository : repositories) {
            references += check(root, repository, findings);
        }
        return new Result(repositories.size(), references, findings);
    }

    private static List<Path> repositories(Path root) throws IOException {
        var found = new ArrayList<Path>();
        Set<Path> leftOut = Exclusion.FORGEJO.stream()
                .map(each -> root.resolve(each.path()))
                .collect(Collectors.toSet());
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (leftOut.contains(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (VolumeWalk.isRepository(folder)) {
                    found.add(folder);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (Files.exists(file)) {
                    throw new IOException("cannot look for repositories in " + file, e);
                }
                return FileVisitResult.CONTINUE; // deleted meanwhile
            }
        });
        return found;
    }

    private static long check(Path root, Path repository, List<GitFinding> findings)
            throws IOException, InterruptedException {
        String name = root.relativize(repository).toString();
        // Every reference with its object, loose and packed; a broken one is told on standard error and left out.
        Finished listed = git(repository, Input.NONE, "for-each-ref", "--format=%(objectname) %(refname)");
        if (!listed.ok()) {
            findings.add(new GitFinding(name, "its references cannot be listed: " + listed.errors()));
            return 0;
        }
        listed.errors().lines().forEach(line -> findings.add(new GitFinding(name, line)));
        List<String> lines = listed.text().lines().toList();
        if (lines.isEmpty()) {
            return 0;
        }
        var asked = new StringBuilder();
        lines.forEach(line -> asked.append(line, 0, line.indexOf(' ')).append('\n'));
        Finished answered = git(
                repository,
                Input.of(asked.toString().getBytes(StandardCharsets.US_ASCII)),
                "cat-file",
                "--batch-check");
        List<String> answers = answered.text().lines().toList();
        if (!answered.ok() || answers.size() != lines.size()) {
            findings.add(new GitFinding(name, "its objects cannot be read: " + answered.errors()));
            return lines.size();
        }
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).endsWith(" missing")) {
                String[] reference = lines.get(i).split(" ", 2);
                findings.add(new GitFinding(
                        name, reference[1] + " points to " + reference[0] + ", and there is no such object"));
            }
        }
        return lines.size();
    }

    private static Finished git(Path repository, Input input, String... command)
            throws IOException, InterruptedException {
        var args = new ArrayList<>(List.of(
                "git",
                "-c",
                "safe.directory=*",
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "core.fsmonitor=false",
                "--git-dir=."));
        args.addAll(Arrays.asList(command));
        return Processes.run(
                new Command(args, ENVIRONMENT, java.util.Optional.of(repository), input, TIME, MOST_REFERENCES));
    }
}
