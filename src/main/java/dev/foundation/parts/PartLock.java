package dev.foundation.parts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One builder at a time per part: a lock on a file, which dies with its holder, whatever kills it. */
final class PartLock implements AutoCloseable {
    private final FileChannel channel;

    private PartLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @param waiting told once, if another builder holds the lock */
    static PartLock take(Path file, Runnable waiting) throws IOException, InterruptedException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            boolean told = false;
            while (attempt(channel).isEmpty()) {
                if (!told) {
                    waiting.run();
                    told = true;
                }
                Thread.sleep(200);
            }
            held = true;
            return new PartLock(channel);
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    private static Optional<FileLock> attempt(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) { // another thread of this process
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
