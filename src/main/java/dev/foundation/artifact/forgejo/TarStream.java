package dev.foundation.artifact.forgejo;

import dev.foundation.artifact.tar.TarParser;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * GNU tar as a source. It reads names from our walk, and its output is parsed while it goes by: the stream ends normally only if the walk was whole,
 * tar named no trouble beyond what a volume in use brings, and the archive ends as the format asks.
 */
final class TarStream extends InputStream {
    private static final long END_SECONDS = 60;

    private final Process process;
    private final InputStream output;
    private final TarParser parser;
    private final TarMessages messages = new TarMessages();
    private final Thread feeder;
    private final Thread listener;
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private volatile boolean ended;

    /** @param first a file to put before the rest, under its own name */
    TarStream(Path root, VolumeWalk walk, Optional<Path> first, TarParser.Listener index) throws IOException {
        var args = new ArrayList<>(List.of(
                "tar",
                "--create",
                "--file=-",
                "--format=pax",
                // Without these two each run would differ by its process id and by when files were read.
                "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime",
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=*",
                "--acls",
                "--sparse",
                "--no-recursion",
                "--quoting-style=escape",
                "--blocking-factor=128",
                "--null",
                "--verbatim-files-from"));
        first.ifPresent(file -> args.addAll(List.of(
                "--directory=" + file.toAbsolutePath().getParent(),
                file.getFileName().toString())));
        args.addAll(List.of("--directory=" + root.toAbsolutePath(), "--files-from=-"));
        var builder = new ProcessBuilder(args);
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("TAR_OPTIONS");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException("cannot start tar: is GNU tar installed and on the PATH?", e);
        }
        output = process.getInputStream();
        parser = new TarParser(index);
        feeder = Thread.ofVirtual().name("tar names").start(() -> feed(walk));
        listener = Thread.ofVirtual().name("tar messages").start(this::listen);
    }

    private void feed(VolumeWalk walk) {
        try (OutputStream names = new BufferedOutputStream(process.getOutputStream(), 32 * 1024)) {
            try {
                walk.write(names);
            } catch (IOException | RuntimeException e) {
                if (process.isAlive()) {
                    failure.set(new IOException("the volume cannot be listed: " + e.getMessage(), e));
                }
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // tar has ended: it says why.
        }
    }

    private void listen() {
        try (var said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                messages.line(line);
            }
        } catch (IOException e) {
            // The child was ended.
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
        if (read > 0) {
            parser.accept(buffer, offset, read);
        } else if (read < 0) {
            end();
            ended = true;
        }
        return read;
    }

    private void end() throws IOException {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("tar closed its output and does not end");
            }
            feeder.join();
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the end of tar");
        }
        IOException walked = failure.get();
        if (walked != null) {
            throw walked;
        }
        Optional<String> fatal = messages.fatal();
        if (fatal.isPresent()) {
            throw new IOException("tar could not read all of the volume: " + fatal.get());
        }
        int exit = process.exitValue();
        // 1: something changed while it was read. 2 with nothing but files that are gone is no more than that.
        if (exit > 2 || (exit == 2 && messages.vanished() == 0)) {
            throw new IOException("tar failed with exit code " + exit);
        }
        parser.finish();
    }

    boolean ended() {
        return ended;
    }

    /** To be asked after the end. */
    TarMessages messages() {
        return messages;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
