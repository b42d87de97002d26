package dev.foundation.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads concatenated gzip members (RFC 1952) to the end of the source. Fails if a member is cut or damaged, if its checksum or size is wrong, if
 * what follows a member is none, and if there is no member at all. (The JDK's own reader takes garbage after a member for the end.) A source that
 * is cut exactly between two members cannot be told from a whole one by the format: the digest of the whole decides that.
 */
public final class GunzipReader extends InputStream {
    private static final int BUFFER = 64 * 1024;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream source;
    private final byte[] input = new byte[BUFFER];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final CRC32 headerCrc = new CRC32();
    private int position;
    private int limit;
    private long members;
    private boolean inside;
    private boolean ended;
    private boolean closed;

    public GunzipReader(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (closed) {
            throw new IOException("this gzip reader is closed");
        }
        while (length > 0) {
            if (!inside && !begin()) {
                return -1;
            }
            int read = inflate(buffer, offset, Math.min(length, BUFFER));
            if (read > 0) {
                crc.update(buffer, offset, read);
                return read;
            }
            if (inflater.finished()) {
                end();
            } else if (inflater.needsDictionary()) {
                throw damaged("asks for a dictionary, which gzip does not know");
            } else if (inflater.needsInput()) {
                if (!refill()) {
                    throw cut();
                }
                inflater.setInput(input, 0, limit);
            }
        }
        return 0;
    }

    private int inflate(byte[] buffer, int offset, int length) throws IOException {
        try {
            return inflater.inflate(buffer, offset, length);
        } catch (DataFormatException e) {
            throw damaged("does not decompress");
        }
    }

    /** Reads a header. False at the end of the source. */
    private boolean begin() throws IOException {
        if (ended || (position == limit && !refill())) {
            ended = true;
            if (members == 0) {
                throw new IOException("the gzip data is cut: not a single byte is left");
            }
            return false;
        }
        members++;
        headerCrc.reset();
        if (next() != 0x1f || next() != 0x8b) {
            throw damaged("does not begin as a member: other data follows, or the data is no gzip");
        }
        int method = next();
        int flags = next();
        if (method != 8 || (flags & RESERVED) != 0) {
            throw damaged("has a header that gzip does not know");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            int low = next();
            skip(low | next() << 8);
        }
        for (int text = flags & (NAME | COMMENT); text != 0; text &= text - 1) {
            while (next() != 0) {
                // A name or a comment, up to its zero.
            }
        }
        if ((flags & HEADER_CRC) != 0) {
            int expected = (int) headerCrc.getValue() & 0xffff;
            int low = next();
            if ((low | next() << 8) != expected) {
                throw damaged("has a wrong header checksum");
            }
        }
        inflater.reset();
        crc.reset();
        inflater.setInput(input, position, limit - position);
        inside = true;
        return true;
    }

    private void end() throws IOException {
        position = limit - inflater.getRemaining();
        long sum = word();
        long size = word();
        if (sum != crc.getValue()) {
            throw damaged("has another checksum than its content");
        }
        if (size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw damaged("has another size than its content");
        }
        inside = false;
    }

    private long word() throws IOException {
        long word = next();
        word |= (long) next() << 8;
        word |= (long) next() << 16;
        return word | (long) next() << 24;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private int next() throws IOException {
        if (position == limit && !refill()) {
            throw cut();
        }
        int value = input[position++] & 0xff;
        headerCrc.update(value);
        return value;
    }

    private boolean refill() throws IOException {
        int read = source.read(input, 0, input.length);
        position = 0;
        limit = Math.max(read, 0);
        return read > 0;
    }

    private IOException cut() {
        return new IOException("the gzip data is cut: it ends within member " + members);
    }

    private IOException damaged(String how) {
        return new IOException("the gzip data is damaged: member " + members + " " + how);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            inflater.end();
            source.close();
        }
    }
}
