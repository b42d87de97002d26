package dev.foundation.store.local;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that grows in {@code .unfinished/} and gets its name when it is whole and synced. */
final class LocalUpload implements Upload {
    private final LocalStore store;
    private final ObjectKey key;
    private final Path target;
    private final Publishing publishing;
    private final String action;
    private final Path unfinished;
    private final FileChannel channel;
    private long size;
    private boolean ended;

    LocalUpload(LocalStore store, ObjectKey key, Path target, Publishing publishing, String action)
            throws StoreException, InterruptedException {
        this.store = store;
        this.key = key;
        this.target = target;
        this.publishing = publishing;
        this.action = action;
        try {
            this.unfinished = publishing.unfinished().resolve(UUID.randomUUID().toString());
            this.channel = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws StoreException, InterruptedException {
        open();
        try {
            var bytes = ByteBuffer.wrap(buffer, offset, length);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            size += length;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public StoredObject complete() throws StoreException, InterruptedException {
        open();
        try {
            channel.force(true);
            channel.close();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            publishing.publish(unfinished, target);
            ended = true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new StoreException(Kind.OTHER, action + ": " + target + " is a folder of other objects", e);
            }
            throw LocalStore.taken(action);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            close();
        }
        StoredObject stored = store.find(key)
                .orElseThrow(() -> new StoreException(
                        Kind.DAMAGED, action + ": it was written, and is gone when asked again", null));
        if (stored.size() != size) {
            throw new StoreException(
                    Kind.DAMAGED, action + ": " + size + " bytes were written, " + stored.size() + " are there", null);
        }
        return stored;
    }

    private void open() {
        if (ended) {
            throw new IllegalStateException(action + ": this upload has ended");
        }
    }

    private StoreException failed(IOException e) throws InterruptedException {
        if (e instanceof ClosedByInterruptException) {
            Thread.interrupted(); // told by the exception from here on
            throw new InterruptedException();
        }
        return LocalErrors.of(action, e);
    }

    @Override
    public void close() {
        ended = true;
        try (channel) {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // It stays in .unfinished until the next sweep: no object, and in nobody's way.
        }
    }
}
