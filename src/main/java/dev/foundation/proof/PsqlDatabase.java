package dev.foundation.proof;

import dev.foundation.artifact.postgres.ForgejoRow;
import dev.foundation.artifact.postgres.PsqlScripts;
import dev.foundation.docker.Exec;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The restored server through {@code psql} beside it, in its container. Passwords go through standard input.
 *
 * @param exec as the server's own user
 * @param host where the server asks for a password: {@code 127.0.0.1}, or the container's name
 * @param socket host for work as the administrator: a folder where the server's own user needs no password, or {@code host} again
 * @param user a superuser, and {@code password} its own; where the socket asks for none, any
 * @param forgejo Forgejo's database
 */
public record PsqlDatabase(
        Exec exec, String host, String socket, int port, String user, Secret<String> password, String forgejo)
        implements Scratch.Database {
    private static final Duration LONG = Duration.ofMinutes(50);
    private static final Duration QUICK = Duration.ofMinutes(1);
    /** The shell's read takes one line and no more, so psql finds its script behind the password. */
    private static final String WITH_PASSWORD = "IFS= read -r PGPASSWORD && export PGPASSWORD PGCONNECT_TIMEOUT=10 &&"
            + " exec psql --no-psqlrc --quiet --no-align --tuples-only --no-password -v ON_ERROR_STOP=1 --file=- \"$@\"";

    @Override
    public SortedMap<String, Long> rows(String database) throws IOException, InterruptedException {
        return PsqlScripts.rows(asked("count the rows of database " + database, database, PsqlScripts.rows()));
    }

    @Override
    public List<ForgejoRow> pointers() throws IOException, InterruptedException {
        return PsqlScripts.pointers(
                asked("read database " + forgejo + " for rows that name objects", forgejo, PsqlScripts.pointers()));
    }

    @Override
    public boolean accepts(String name, Secret<String> given) throws IOException, InterruptedException {
        Finished done = psql(host, name, given, "postgres", "select 1;\n", QUICK);
        if (!done.ok() && !done.errors().contains("password authentication failed")) {
            throw new IOException("cannot log in to Postgres as " + name + ": " + last(done));
        }
        return done.ok() && done.text().equals("1");
    }

    private String asked(String action, String database, String script) throws IOException, InterruptedException {
        Finished done = psql(socket, user, password, database, script, LONG);
        if (!done.ok()) {
            throw new IOException("cannot " + action + ": " + last(done));
        }
        return done.text();
    }

    private Finished psql(
            String at, String as, Secret<String> secret, String database, String script, Duration limit)
            throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(List.of("sh", "-c", WITH_PASSWORD, "sh"));
        args.addAll(List.of("--host=" + at, "--port=" + port, "--username=" + as));
        // A connection string of its own: a name with an equals sign in it would be read as one.
        args.add("--dbname=dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'");
        Input input = sink -> sink.write((secret.expose() + "\n" + script).getBytes(StandardCharsets.UTF_8));
        return exec.run(args, input, limit);
    }

    private static String last(Finished done) {
        return done.errors().lines().reduce((a, b) -> b).orElse("psql ended with " + done.exit());
    }
}
