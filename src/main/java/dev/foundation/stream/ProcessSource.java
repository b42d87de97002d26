package dev.foundation.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a child prints. Ends normally only if the child then ended with 0; else the read that would have been the end throws, with the last
 * the child said on standard error. Secrets belong into {@code environment}, never into {@code args}.
 */
public final class ProcessSource extends InputStream {
    private static final int KEPT = 4096;
    private static final long END_SECONDS = 60;

    private final String program;
    private final Process process;
    private final InputStream output;
    private final Thread listener;
    private final StringBuilder errors = new StringBuilder();
    private boolean ended;

    /** @param environment added to the caller's own */
    public ProcessSource(List<String> args, Map<String, String> environment, Optional<Path> directory)
            throws IOException {
        program = Path.of(args.getFirst()).getFileName().toString();
        var builder = new ProcessBuilder(args);
        builder.environment().putAll(environment);
        directory.ifPresent(folder -> builder.directory(folder.toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException("cannot start " + program + ": is it installed and on the PATH?", e);
        }
        process.getOutputStream().close();
        output = process.getInputStream();
        listener = Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        var buffer = new byte[KEPT];
        try (var said = process.getErrorStream()) {
            for (int n = said.read(buffer); n >= 0; n = said.read(buffer)) {
                synchronized (errors) {
                    errors.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                    errors.delete(0, Math.max(0, errors.length() - KEPT));
                }
            }
        } catch (IOException e) {
            // The child was ended: what it said so far is all there is.
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int read = output.read(buffer, offset, length);
        if (read < 0) {
            end();
            ended = true;
        }
        return read;
    }

    private void end() throws IOException {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(program + " closed its output and does not end");
            }
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the end of " + program);
        }
        if (process.exitValue() != 0) {
            synchronized (errors) {
                throw new IOException(program + " failed with exit code " + process.exitValue() + ": "
                        + errors.toString().strip());
            }
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
