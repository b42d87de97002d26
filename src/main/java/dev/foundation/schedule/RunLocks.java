package dev.foundation.schedule;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lock of S6 on the file {@code run.lock} of a folder that all containers and the host share: backup, prune, restore and {@code up} take it. It dies
 * with its holder, whatever kills that.
 *
 * <p>It is Java's {@link FileLock}: on Linux a POSIX record lock (fcntl), which excludes every other JVM on the same local file system, in other
 * containers too. It does not see flock(1), and flock(1) does not see it; nor is it for network file systems.
 *
 * <p>Make one per process and folder, and keep it: closing any handle of the file frees a POSIX lock of the whole process, so this class opens the file
 * once, reads the holder's name through that handle, and leaves it open.
 */
public final class RunLocks implements AutoCloseable {
    private static final int MOST = 4096;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path file;
    private final InstantSource clock;
    private final FileChannel channel;
    /** Threads of this process: a record lock knows only processes. */
    private final Semaphore turn = new Semaphore(1, true);

    private RunLocks(Path file, InstantSource clock, FileChannel channel) {
        this.file = file;
        this.clock = clock;
        this.channel = channel;
    }

    /** Makes the folder and the file where they are not there. Everybody who can enter the folder can take the lock. */
    public static RunLocks in(Path folder, InstantSource clock) throws IOException {
        Path file = folder.resolve("run.lock");
        try {
            Files.createDirectories(folder);
            boolean made = Files.notExists(file);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (made) {
                // Holders have different users (the agent's, the pruner's, a person's); the folder says who may come
                // near.
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            }
            return new RunLocks(file, clock, channel);
        } catch (IOException e) {
            throw new IOException(
                    "cannot open the lock " + file + " (" + e.getClass().getSimpleName()
                            + "): this user must be able to write there",
                    e);
        }
    }

    /** @param job told to whoever is refused. @return empty if somebody else holds it: {@link #holder} may say who */
    public Optional<RunLock> tryAcquire(String job) throws IOException {
        return turn.tryAcquire() ? Optional.ofNullable(lockOrPass(job)) : Optional.empty();
    }

    /** @throws LockHeldException after {@code timeout}; it names the holder */
    public RunLock acquire(String job, Duration timeout) throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        if (turn.tryAcquire(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS)) {
            boolean kept = false;
            try {
                while (true) {
                    RunLock lock = lock(job);
                    if (lock != null) {
                        kept = true;
                        return lock;
                    }
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        break;
                    }
                    Thread.sleep(Duration.ofNanos(Math.min(left, PAUSE.toNanos())));
                }
            } finally {
                if (!kept) {
                    turn.release();
                }
            }
        }
        throw new LockHeldException("cannot " + job + " now: "
                + holder().map(who -> "the lock " + file + " is held by " + who)
                        .orElse("the lock " + file + " is held by somebody who has not written a name")
                + "; wait until that has ended");
    }

    /** Who wrote a name into the file last, such as {@code backup (pid 7 on host foundation-agent, since 2026-11-21T03:00:00Z)}. */
    public Optional<String> holder() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(MOST);
        while (content.hasRemaining() && channel.read(content, content.position()) > 0) {
            // until the end
        }
        String text = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private @Nullable RunLock lockOrPass(String job) throws IOException {
        boolean kept = false;
        try {
            RunLock lock = lock(job);
            kept = lock != null;
            return lock;
        } finally {
            if (!kept) {
                turn.release();
            }
        }
    }

    private @Nullable RunLock lock(String job) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another instance of this class in this process holds it
        }
        if (lock == null) {
            return null;
        }
        boolean named = false;
        try {
            write(job + " (pid " + ProcessHandle.current().pid() + " on host " + host() + ", since "
                    + clock.instant().truncatedTo(ChronoUnit.SECONDS) + ")\n");
            named = true;
        } finally {
            if (!named) {
                lock.release();
            }
        }
        return new RunLock(() -> free(lock));
    }

    private void free(FileLock lock) throws IOException {
        try {
            channel.truncate(0);
        } finally {
            try {
                lock.release();
            } finally {
                turn.release();
            }
        }
    }

    private void write(String text) throws IOException {
        channel.truncate(0);
        ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (content.hasRemaining()) {
            channel.write(content, content.position());
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Frees the lock too, if it is held. For the end of the process. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
