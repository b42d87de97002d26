package dev.foundation.artifact;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPOutputStream;

/** The plainest compressor: one member, made while it is read. */
public final class Gzip extends InputStream {
    private final InputStream source;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final GZIPOutputStream gzip;
    private InputStream ready = InputStream.nullInputStream();
    private boolean ended;

    public Gzip(InputStream source) {
        this.source = source;
        try {
            this.gzip = new GZIPOutputStream(made);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = ready.read(buffer, offset, length);
        while (read < 0 && !ended) {
            byte[] block = new byte[64 * 1024];
            int got = source.read(block, 0, block.length);
            if (got < 0) {
                gzip.close();
                ended = true;
            } else {
                gzip.write(block, 0, got);
            }
            ready = new ByteArrayInputStream(made.toByteArray());
            made.reset();
            read = ready.read(buffer, offset, length);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
