package dev.foundation.forgejo;

import dev.foundation.docker.Exec;
import dev.foundation.process.Finished;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Forgejo's (or Gitea's) own command line, run where the server is, with the server's configuration. What it prints may hold passwords and tokens,
 * so no error shows more of it than its last line, and none for the commands that print secrets.
 *
 * @param binary path of {@code forgejo} or {@code gitea}
 * @param config path of {@code app.ini}
 */
public record ForgejoCommand(Exec exec, String binary, String config) {
    private static final Duration TIME = Duration.ofMinutes(2);
    private static final Duration DOCTOR = Duration.ofHours(1);
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{40}");

    public boolean hasUser(String username) throws IOException, InterruptedException {
        // A table: ID, Username, Email, ...
        return run("list the users", true, List.of("admin", "user", "list"))
                .text()
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .anyMatch(columns ->
                        columns.length > 2 && columns[0].matches("\\d+") && columns[1].equalsIgnoreCase(username));
    }

    /** With a password that nobody learns: it is made by Forgejo, printed, and thrown away here. */
    public void createAdmin(String username, String email) throws IOException, InterruptedException {
        run(
                "create admin " + username,
                false,
                List.of(
                        "admin",
                        "user",
                        "create",
                        "--admin",
                        "--username",
                        username,
                        "--email",
                        email,
                        "--random-password",
                        "--must-change-password=false"));
    }

    /** An access token with all rights. Tokens cannot be removed by the command line, only by the API with the user's password. */
    public String accessToken(String username, String name) throws IOException, InterruptedException {
        var printed = run(
                "make an access token for " + username,
                false,
                List.of(
                        "admin",
                        "user",
                        "generate-access-token",
                        "--username",
                        username,
                        "--token-name",
                        name,
                        "--scopes",
                        "all",
                        "--raw"));
        return printed.text()
                .lines()
                .map(String::strip)
                .filter(line -> TOKEN.matcher(line).matches())
                .reduce((first, last) -> last)
                .orElseThrow(() -> new ForgejoException(
                        "make an access token for " + username + ": no token was printed", -1, null));
    }

    /** Forgejo refuses while the user owns repositories or organisations, or is the last admin. */
    public void deleteUser(String username) throws IOException, InterruptedException {
        run("delete user " + username, true, List.of("admin", "user", "delete", "--username", username));
    }

    /**
     * Registers a runner by a shared secret, without a network. Registering again changes name and scope; labels are the runner's own.
     *
     * @param secretFile where the server finds the secret: 40 hexadecimal digits, and no newline at the end
     * @param scope owner or owner/repository; empty for the whole server
     */
    public void registerRunner(String name, Optional<String> scope, String secretFile)
            throws IOException, InterruptedException {
        var args = new ArrayList<>(List.of("forgejo-cli", "actions", "register", "--name", name));
        scope.ifPresent(value -> args.addAll(List.of("--scope", value)));
        args.addAll(List.of("--secret-file", secretFile, "--keep-labels"));
        run("register runner " + name, true, args);
    }

    /** Writes anew what lies in files beside the database, such as {@code hooks} of all repositories, or {@code keys}. */
    public void regenerate(String what) throws IOException, InterruptedException {
        var ignored = run("regenerate " + what, true, List.of("admin", "regenerate", what));
    }

    /**
     * All checks of the server's own doctor, which changes nothing. Its exit code is not reliable, so its lines are read.
     *
     * @return what it warns of, or calls an error: each begins with the name of the check
     */
    public List<String> doctor() throws IOException, InterruptedException {
        Finished done = exec.run(List.of(binary, "--config", config, "doctor", "check", "--all"), DOCTOR);
        List<String> findings = DoctorLines.findings(done.text());
        if (!done.ok() && findings.isEmpty()) {
            throw new ForgejoException(
                    "run the doctor: " + binary + " ended with " + done.exit() + " and told no finding", -1, null);
        }
        return findings;
    }

    private Finished run(String action, boolean showable, List<String> args) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(binary, "--config", config));
        all.addAll(args);
        var result = exec.run(all, TIME);
        if (!result.ok()) {
            var said = (result.errors() + "\n" + (showable ? result.text() : ""))
                    .strip()
                    .lines()
                    .toList();
            throw new ForgejoException(
                    action + ": " + binary + " ended with " + result.exit()
                            + (said.isEmpty() ? "" : ": " + said.getLast()),
                    -1,
                    null);
        }
        return result;
    }
}
