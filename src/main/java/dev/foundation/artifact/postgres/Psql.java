package dev.foundation.artifact.postgres;

import dev.foundation.docker.Exec;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * psql beside its server, as a superuser: statements go in by standard input, nothing by arguments. Its errors are shown with line and code alone, for
 * the text of one may quote rows.
 *
 * @param command the program and what it needs to reach the server, such as {@code psql -U postgres}
 */
public record Psql(Exec exec, List<String> command) {
    private static final Duration QUICK = Duration.ofMinutes(5);
    /** A limit must be given; a restore is ended by its caller, or by a lost connection. */
    private static final Duration LONG = Duration.ofDays(7);

    public Psql {
        command = List.copyOf(command);
    }

    /**
     * In a container, over its socket, with nothing of its environment but the path.
     *
     * @param user the superuser, whom the socket lets in
     */
    public static Psql in(Exec container, String user) throws IOException, InterruptedException {
        Finished path = container.run(List.of("printenv", "PATH"), Duration.ofMinutes(1));
        if (!path.ok() || path.text().isEmpty()) {
            throw new IOException("the container of Postgres does not tell its PATH: is it Postgres's?");
        }
        return new Psql(
                container,
                List.of(
                        "env",
                        "-i",
                        "PATH=" + path.text(),
                        "LC_ALL=C.UTF-8",
                        "PGAPPNAME=foundation restore",
                        "psql",
                        "-U",
                        user));
    }

    /** @throws IOException until the server answers */
    public void ready() throws IOException, InterruptedException {
        tell("reach Postgres", Server.HOME, "select 1");
    }

    /** Rows of one column, as text. */
    List<String> ask(String database, String sql) throws IOException, InterruptedException {
        Finished done = run(
                "look at the cluster",
                database,
                List.of("-At", "-0"),
                Input.of(sql.getBytes(StandardCharsets.UTF_8)),
                QUICK);
        String rows = new String(done.output(), StandardCharsets.UTF_8);
        return rows.isEmpty() ? List.of() : List.of(rows.split("\0"));
    }

    void tell(String action, String database, String sql) throws IOException, InterruptedException {
        var ignored = run(action, database, List.of(), Input.of(sql.getBytes(StandardCharsets.UTF_8)), QUICK);
    }

    /** Runs a script to its end. @throws IOException also when the script's own stream fails, which psql cannot know */
    void play(String action, String database, Input script) throws IOException, InterruptedException {
        var watched = new WatchedInput(script);
        try {
            var ignored = run(action, database, List.of("-o", "/dev/null"), watched, LONG);
        } catch (IOException e) {
            throw watched.failure().orElse(e);
        }
        if (watched.failure().isPresent()) {
            throw watched.failure().get();
        }
        if (!watched.done) {
            throw new IOException(action + ": psql ended before it had read all of the script");
        }
    }

    private Finished run(String action, String database, List<String> more, Input input, Duration time)
            throws IOException, InterruptedException {
        var args = new ArrayList<>(command);
        args.addAll(List.of("-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=sqlstate"));
        args.addAll(more);
        args.addAll(List.of("-d", database, "-f", "-"));
        Finished done = exec.run(args, input, time);
        if (!done.ok()) {
            String said = done.errors()
                    .lines()
                    .filter(line -> line.contains("ERROR") || line.contains("FATAL"))
                    .findFirst()
                    .orElse("it ended with " + done.exit());
            throw new IOException(action + ": psql says " + said.strip());
        }
        return done;
    }

    private static final class WatchedInput implements Input {
        private final Input source;
        private volatile @Nullable IOException failed;
        private volatile boolean done;

        WatchedInput(Input source) {
            this.source = source;
        }

        @Override
        public void writeTo(java.io.OutputStream sink) throws IOException {
            try {
                source.writeTo(sink);
                done = true;
            } catch (IOException e) {
                failed = e;
                throw e;
            }
        }

        Optional<IOException> failure() {
            return Optional.ofNullable(failed);
        }
    }
}
