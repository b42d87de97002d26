package dev.foundation.stream;

import dev.foundation.process.Command;
import dev.foundation.secret.Secret;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child's standard output. It ends normally only if the child has taken its whole input or wanted no more of it, closed its output, and exited
 * with 0; else the read that would have ended throws, and so does every read after it. The message names the program, its exit code and the end
 * of its standard error, without any value of the command's environment and without the given secrets.
 *
 * <p>A read that waits for the child cannot be interrupted, but any thread may {@link #close}, which ends the child and what it has started and
 * with them the read.
 */
public final class ProcessSource extends InputStream {
    /** Shorter values of the environment are settings, and hiding them would make messages unreadable. */
    private static final int SHORTEST_SECRET = 4;

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration ERRORS = Duration.ofSeconds(5);

    private final String program;
    private final Duration timeout;
    private final Process process;
    private final InputStream output;
    private final ErrorTail errors;
    private volatile @Nullable Throwable inputFailure;
    private volatile boolean closed;
    private @Nullable IOException failure;
    private boolean ended;

    private ProcessSource(Command command, Process process, Collection<String> hide) {
        this.program = command.args().getFirst();
        this.timeout = command.timeout();
        this.process = process;
        this.output = process.getInputStream();
        this.errors = new ErrorTail(process.getErrorStream(), hide);
    }

    /**
     * Starts the child.
     *
     * @param command its timeout is how long the child may still run after it closed its output; its limit is not used: the reader sets the
     *     pace and decides how much is too much
     * @param hide what the child may know and no message may show, such as a password given by standard input
     * @throws IOException if the program cannot be started; names only the program
     */
    public static ProcessSource start(Command command, Collection<Secret<String>> hide) throws IOException {
        String program = command.args().getFirst();
        ProcessBuilder builder = new ProcessBuilder(command.args());
        builder.environment().putAll(command.environment());
        command.directory().ifPresent(folder -> builder.directory(folder.toFile()));
        List<String> values = new ArrayList<>(command.environment().values());
        values.removeIf(value -> value.length() < SHORTEST_SECRET);
        hide.forEach(secret -> values.add(secret.expose()));
        try {
            ProcessSource source = new ProcessSource(command, builder.start(), values);
            // Platform threads: a read of a pipe would hold a virtual thread's carrier for as long as the child is
            // silent.
            Thread.ofPlatform().daemon().name("standard input").start(() -> source.feed(command));
            return source;
        } catch (IOException e) {
            throw new IOException("cannot start " + program + ": is it installed and on the PATH?", e);
        }
    }

    public static ProcessSource start(Command command) throws IOException {
        return start(command, List.of());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (ended) {
            return -1;
        }
        int read;
        try {
            read = closed ? -1 : output.read(buffer, offset, length);
        } catch (IOException e) {
            throw failed(new IOException("cannot read what " + program + " prints: " + e.getMessage(), e));
        }
        if (read < 0) {
            end();
            ended = true;
        }
        return read;
    }

    private void end() throws IOException {
        if (closed) {
            throw failed(new IOException(program + " was ended before it was done: its reader closed it"));
        }
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed(new IOException(
                        program + " closed its output, but did not exit within " + timeout.toSeconds() + " s"));
            }
            if (closed) {
                throw failed(new IOException(program + " was ended before it was done: its reader closed it"));
            }
            if (inputFailure != null) {
                throw failed(
                        new IOException("what " + program + " reads could not be given to it whole", inputFailure));
            }
            if (process.exitValue() != 0) {
                String said = errors.await(ERRORS);
                throw failed(new IOException(program + " failed with exit code " + process.exitValue()
                        + (said.isEmpty() ? " and said nothing" : ": " + said)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while waiting for " + program + " to exit");
            failure = interrupted;
            throw interrupted;
        }
    }

    private IOException failed(IOException problem) {
        failure = problem;
        return problem;
    }

    /**
     * A child that ends without reading all of its input is no error: its exit code tells. An input that cannot be had is one, and is known
     * before the child sees its input end: it can never take a part for the whole and exit with 0 unnoticed.
     */
    private void feed(Command command) {
        try (Pipe pipe = new Pipe(process.getOutputStream())) {
            try {
                command.input().writeTo(pipe);
                pipe.flush();
            } catch (IOException | RuntimeException e) {
                if (!pipe.broken) {
                    inputFailure = e;
                    process.destroyForcibly();
                }
            }
        } catch (IOException e) {
            // The child wants no more.
        }
    }

    /** Ends the child and all it has started: politely, and after a second by force. */
    @Override
    public void close() {
        closed = true;
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        boolean interrupted = false;
        if (process.isAlive()) {
            family.forEach(ProcessHandle::destroy);
            try {
                process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            process.descendants().forEach(family::add);
        }
        family.forEach(ProcessHandle::destroyForcibly);
        try {
            output.close();
        } catch (IOException e) {
            // Nothing is read from it any more.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Knows whether it was the child that did not want more. */
    private static final class Pipe extends FilterOutputStream {
        private boolean broken;

        Pipe(OutputStream sink) {
            super(sink);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            try {
                out.write(buffer, offset, length);
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
    }
}
