package dev.foundation.stream;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads concatenated zstd frames (RFC 8878) to the end of the source. Fails if a frame is cut or damaged, if its checksum is wrong, if what
 * follows a frame is none, and if there is no frame at all. A source that is cut exactly between two frames cannot be told from a whole one by
 * the format: the digest of the whole decides that.
 */
public final class ZstdReader extends InputStream {
    private final Counted source;
    private final ZstdInputStreamNoFinalizer frames;

    public ZstdReader(InputStream source) throws IOException {
        this.source = new Counted(source);
        this.frames = new ZstdInputStreamNoFinalizer(this.source);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
            read = frames.read(buffer, offset, length);
        } catch (ZstdIOException e) {
            throw new IOException("the zstd data is damaged or cut: " + e.getMessage(), e);
        }
        if (read < 0 && source.count() == 0) {
            throw new IOException("the zstd data is cut: not a single byte is left");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
