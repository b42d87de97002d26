package dev.foundation.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Command}. A child that takes too long, prints too much, or whose caller is interrupted is ended with all its children. */
public final class Processes {
    private static final int ERROR_LIMIT = 64 * 1024;

    private Processes() {}

    /**
     * @return how the child ended; an exit code other than 0 is a result, not an exception
     * @throws IOException if the program cannot be started, exceeds its time, or prints more than allowed; names only the program
     */
    public static Finished run(Command command) throws IOException, InterruptedException {
        var program = command.args().getFirst();
        var builder = new ProcessBuilder(command.args());
        builder.environment().putAll(command.environment());
        command.directory().ifPresent(folder -> builder.directory(folder.toFile()));
        var process = start(program, builder);
        try {
            var errors = capture(process.getErrorStream(), ERROR_LIMIT, true);
            var output = capture(process.getInputStream(), command.limit(), false);
            var feeder = feed(process, command.input());
            if (!process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        program + " did not finish within " + command.timeout().toSeconds() + " s and was ended");
            }
            // A child's own child may hold the pipes open, so the end of the output has a limit of its own.
            var out = await(output, program);
            if (out == null) {
                throw new IOException(program + " printed more than " + command.limit() + " bytes");
            }
            var err = await(errors, program);
            await(feeder, program);
            return new Finished(
                    process.exitValue(), out, err == null ? "" : new String(err, StandardCharsets.UTF_8).strip());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Process start(String program, ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException("cannot start " + program + ": is it installed and on the PATH?", e);
        }
    }

    /** Null where there was more than the limit and {@code cut} is false. Reads to the end in any case, so that the child never blocks. */
    private static CompletableFuture<byte @Nullable []> capture(InputStream stream, int limit, boolean cut) {
        var result = new CompletableFuture<byte @Nullable []>();
        Thread.ofVirtual().start(() -> {
            var kept = new ByteArrayOutputStream();
            var buffer = new byte[16 * 1024];
            var tooMuch = false;
            try (stream) {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    int room = Math.min(n, limit - kept.size());
                    kept.write(buffer, 0, room);
                    tooMuch |= room < n;
                }
            } catch (IOException e) {
                // The child was ended: what it printed so far is all there is.
            }
            result.complete(tooMuch && !cut ? null : kept.toByteArray());
        });
        return result;
    }

    /** A child that ends without reading its input is not an error here: its exit code tells. */
    private static CompletableFuture<byte @Nullable []> feed(Process process, Input input) {
        var done = new CompletableFuture<byte @Nullable []>();
        Thread.ofVirtual().start(() -> {
            try (var sink = process.getOutputStream()) {
                input.writeTo(sink);
            } catch (IOException e) {
                // See above.
            } catch (RuntimeException e) {
                process.destroyForcibly();
                done.completeExceptionally(e);
            }
            done.complete(null);
        });
        return done;
    }

    private static byte @Nullable [] await(CompletableFuture<byte @Nullable []> part, String program)
            throws IOException, InterruptedException {
        try {
            return part.get(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(program + " ended, but something it started holds its output open", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot talk to " + program, e.getCause());
        }
    }
}
