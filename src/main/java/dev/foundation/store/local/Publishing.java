package dev.foundation.store.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Gives a finished file its name, if the name is free, so that it stays after a power cut. */
final class Publishing {
    /** Beside the unfinished files; never swept, or two could hold it. */
    static final String LOCK = "lock";

    private static final int TRIES = 5;
    private final Path folder;
    private final boolean links;

    Publishing(Path folder, boolean links) {
        this.folder = folder;
        this.links = links;
    }

    /** Makes the folder of unfinished files. */
    Path unfinished() throws IOException {
        Path unfinished = folder.resolve(LocalStore.UNFINISHED);
        if (!Files.isDirectory(unfinished, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder);
            makeFolder(unfinished);
        }
        return unfinished;
    }

    /**
     * {@code finished} is at {@code target} afterwards, with the same bytes; where it was it may still be, too.
     *
     * @throws FileAlreadyExistsException if the name is taken; of several that race for it, all but one get this
     */
    void publish(Path finished, Path target) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            makeFolder(parent(target));
            try {
                name(finished, target);
                break;
            } catch (NoSuchFileException e) {
                // Someone deleted the last object of that folder, and the folder with it, since it was made.
                if (attempt >= TRIES || !Files.exists(finished)) {
                    throw e;
                }
            }
        }
        sync(parent(target));
    }

    private void name(Path finished, Path target) throws IOException, InterruptedException {
        if (links) {
            try {
                Files.createLink(target, finished); // the other name goes with the upload
                return;
            } catch (FileAlreadyExistsException | NoSuchFileException e) {
                throw e;
            } catch (UnsupportedOperationException | FileSystemException e) {
                // FAT and some network file systems have no hard links; a full disk says so again below.
            }
        }
        nameAlone(finished, target);
    }

    /** Without hard links: a rename would replace, so looking and renaming happen under a lock that dies with its holder. */
    private void nameAlone(Path finished, Path target) throws IOException, InterruptedException {
        try (var channel = FileChannel.open(
                        unfinished().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (!lock.isValid() || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.move(finished, target);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException, InterruptedException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                Thread.sleep(5); // another thread of this process has it
            }
        }
    }

    /** Makes a folder and what is above it, each kept by a sync of its parent. */
    private void makeFolder(Path made) throws IOException {
        if (Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS) || made.equals(folder)) {
            return;
        }
        makeFolder(parent(made));
        try {
            Files.createDirectory(made);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileSystemException(made.toString(), null, "is in the way: it is no folder");
            }
        }
        sync(parent(made));
    }

    /** Makes the names in a folder stay. Not stopped by an interrupt: what is named already is to be kept. */
    void sync(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                } catch (NoSuchFileException e) {
                    return; // deleted meanwhile: no name in it is left to keep
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " is not inside a folder");
        }
        return parent;
    }
}
