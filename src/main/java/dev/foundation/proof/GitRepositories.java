package dev.foundation.proof;

import dev.foundation.docker.Exec;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Git beside the server, all repositories in one call each way: a container takes longer to enter than git to look.
 *
 * @param exec as the user whose the repositories are
 * @param volume where Forgejo's volume is there, such as {@code /data}
 */
public record GitRepositories(Exec exec, String volume) implements Scratch.Repositories {
    private static final Duration LONG = Duration.ofMinutes(50);
    private static final String QUIET = "export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_OPTIONAL_LOCKS=0"
            + " GIT_NO_LAZY_FETCH=1 GIT_ALLOW_PROTOCOL=none LC_ALL=C\n"
            + "g() { git -c safe.directory='*' -c core.hooksPath=/dev/null -c core.fsmonitor=false --git-dir=\"$r\" \"$@\"; }\n";
    private static final String HEADS = QUIET + """
            while IFS= read -r n; do r=$1/$n
              g rev-parse --git-dir >/dev/null 2>&1 </dev/null || continue
              printf '%s\\t%s\\t%s\\n' "$n" "$(g symbolic-ref -q HEAD </dev/null)" "$(g rev-parse -q --verify 'HEAD^{commit}' </dev/null)"
            done
            """;
    /** Dangling objects are what every push that was forced leaves behind; git's warnings are about style. */
    private static final String FSCK = QUIET + """
            while IFS= read -r n; do r=$1/$n
              o=$(g fsck --full --no-dangling --no-progress 2>&1 </dev/null); c=$?
              printf '%s\\t%s\\n' "$n" "$c"
              [ "$c" = 0 ] || printf '%s\\n' "$o" | head -n 20 | sed 's/^/\\t/'
            done
            """;

    @Override
    public Map<String, Head> heads(Collection<String> paths) throws IOException, InterruptedException {
        Map<String, Head> heads = new HashMap<>();
        for (String line : run("ask the repositories for their heads", HEADS, paths)) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 3) {
                heads.put(parts[0], new Head(parts[1], parts[2]));
            }
        }
        return heads;
    }

    @Override
    public Map<String, List<String>> fsck(Collection<String> paths) throws IOException, InterruptedException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : run("run git fsck", FSCK, paths)) {
            if (line.startsWith("\t")) {
                current.add(line.strip());
                continue;
            }
            String[] parts = line.split("\t", -1);
            if (parts.length == 2) {
                current = new ArrayList<>();
                if (!parts[1].equals("0")) {
                    current.add("git fsck ended with " + parts[1]);
                }
                all.put(parts[0], current);
            }
        }
        return all;
    }

    private List<String> run(String action, String script, Collection<String> paths)
            throws IOException, InterruptedException {
        for (String each : paths) {
            if (each.chars().anyMatch(Character::isISOControl)) {
                throw new IOException("cannot " + action + ": a path has a control character in it");
            }
        }
        Input input = sink -> sink.write((String.join("\n", paths) + "\n").getBytes(StandardCharsets.UTF_8));
        Finished done = exec.run(List.of("sh", "-c", script, "sh", volume), input, LONG);
        if (!done.ok()) {
            throw new IOException("cannot " + action + ": "
                    + done.errors().lines().reduce((a, b) -> b).orElse("the shell ended with " + done.exit()));
        }
        return new String(done.output(), StandardCharsets.UTF_8).lines().toList();
    }
}
