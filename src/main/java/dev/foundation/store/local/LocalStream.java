package dev.foundation.store.local;

import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of the size that it had when it was opened: one that was cut meanwhile is no clean end. */
final class LocalStream extends InputStream {
    private final FileChannel channel;
    private final long size;
    private final String action;
    private long position;

    private LocalStream(FileChannel channel, long size, String action) {
        this.channel = channel;
        this.size = size;
        this.action = action;
    }

    static LocalStream open(Path file, String action) throws StoreException {
        try {
            var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return new LocalStream(channel, channel.size(), action);
        } catch (IOException e) {
            throw LocalErrors.of(action, e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == size) {
            return -1;
        }
        int read;
        try {
            read = channel.read(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, size - position)));
        } catch (ClosedByInterruptException e) {
            throw (IOException) new InterruptedIOException(action + ": interrupted").initCause(e);
        } catch (IOException e) {
            throw LocalErrors.of(action, e);
        }
        if (read < 0) {
            throw new StoreException(
                    Kind.DAMAGED, action + ": it ends after " + position + " of " + size + " bytes", null);
        }
        position += read;
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
