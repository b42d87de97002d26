package dev.foundation.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that has its name only once it is whole; for its owner alone to read. Whatever stops before that, a kill excepted, leaves nothing. */
final class NewFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final Thread hook = Thread.ofPlatform().unstarted(this::delete);

    private NewFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @throws Refused if something has that name already */
    static NewFile of(Path target) throws IOException {
        unused(target);
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder));
        }
        Path part = Files.createTempFile(folder, "." + target.getFileName() + ".", ".part"); // mode 0600
        return new NewFile(target, part, FileChannel.open(part, StandardOpenOption.WRITE));
    }

    OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /** The whole file is on the disk, and now has its name. */
    void publish() throws IOException {
        channel.force(true);
        channel.close();
        unused(target);
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target);
        }
    }

    private static void unused(Path target) throws Refused {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(target + " is there already and was not touched: choose another name, or remove it");
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // Its name says what it is.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook deletes.
        }
        channel.close();
        delete();
    }
}
