package dev.foundation.artifact.postgres;

import dev.foundation.process.Command;
import dev.foundation.stream.ProcessSource;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** One database: pg_dump's output, while the same snapshot's rows are counted beside it. Ends when both have. */
final class DatabaseSection extends FilterInputStream {
    private static final int HEAD = 64 * 1024;
    /** Every server has these, so a restore finds them there. */
    private static final List<String> PRESENT = List.of("postgres", "template1");

    private final Snapshot snapshot;
    private final CompletableFuture<Snapshot.Counts> counts;
    private final Consumer<Snapshot.Counts> result;
    private boolean ended;

    private DatabaseSection(
            InputStream dump,
            Snapshot snapshot,
            CompletableFuture<Snapshot.Counts> counts,
            Consumer<Snapshot.Counts> result) {
        super(dump);
        this.snapshot = snapshot;
        this.counts = counts;
        this.result = result;
    }

    static InputStream open(
            ClientPrograms programs,
            Map<String, String> environment,
            String database,
            Snapshot snapshot,
            Optional<ForgejoRows> forgejo,
            Consumer<Snapshot.Counts> result)
            throws IOException {
        var all = new HashMap<>(environment);
        // By the environment, because as an argument a name with an equals sign would be read as connection settings.
        all.put("PGDATABASE", database);
        var child = ProcessSource.start(Command.of(List.of(
                        programs.dump().toString(),
                        "--create",
                        "--no-password",
                        "--no-tablespaces",
                        "--lock-wait-timeout=300000",
                        "--snapshot=" + snapshot.id()))
                .withEnvironment(all));
        var counts = new CompletableFuture<Snapshot.Counts>();
        Thread.ofVirtual().name("count " + database).start(() -> {
            try {
                counts.complete(snapshot.count(forgejo));
            } catch (IOException | RuntimeException e) {
                counts.completeExceptionally(e);
            }
        });
        try {
            InputStream whole = new WholeDump(child, "database " + database, WholeDump.DATABASE);
            return new DatabaseSection(
                    PRESENT.contains(database) ? withoutCreate(whole, database) : whole, snapshot, counts, result);
        } catch (IOException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    /** Settings, rights and the comment of the database come after {@code CREATE DATABASE}, and stay. */
    private static InputStream withoutCreate(InputStream dump, String database) throws IOException {
        String head = new String(dump.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        int start = head.indexOf("\nCREATE DATABASE " + database + " ");
        int end = head.indexOf(";\n", start);
        if (start < 0 || end < 0) {
            throw new IOException("pg_dump --create of " + database + " printed no CREATE DATABASE");
        }
        String rest = head.substring(0, start) + head.substring(end + 1);
        return new SequenceInputStream(new ByteArrayInputStream(rest.getBytes(StandardCharsets.ISO_8859_1)), dump);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read < 0 && !ended) {
            result.accept(await());
            ended = true;
        }
        return read;
    }

    private Snapshot.Counts await() throws IOException {
        try {
            return counts.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while rows are counted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException told
                    ? told
                    : new IOException("the rows of this database could not be counted", e.getCause());
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        snapshot.close();
        super.close();
    }
}
