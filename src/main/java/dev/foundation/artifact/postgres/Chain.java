package dev.foundation.artifact.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Streams one after the other, each begun only when the one before has ended. After a failure it fails for ever. */
final class Chain extends InputStream {
    interface Link {
        InputStream open() throws IOException, InterruptedException;
    }

    private final Iterator<Link> links;
    private InputStream current = InputStream.nullInputStream();
    private boolean failed;

    Chain(List<Link> links) {
        this.links = List.copyOf(links).iterator();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (failed) {
            throw new IOException("this dump has failed before");
        }
        failed = true;
        int read = current.read(buffer, offset, length);
        while (read < 0 && links.hasNext()) {
            current.close();
            current = open(links.next());
            read = current.read(buffer, offset, length);
        }
        failed = false;
        return read;
    }

    private static InputStream open(Link link) throws IOException {
        try {
            return link.open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while starting the next part of the dump");
        }
    }

    @Override
    public void close() throws IOException {
        failed = true;
        current.close();
    }
}
