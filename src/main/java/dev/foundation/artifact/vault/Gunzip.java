package dev.foundation.artifact.vault;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses one gzip member (RFC 1952) as its bytes come by, and knows whether its tail came. */
final class Gunzip implements AutoCloseable {
    interface Sink {
        void accept(byte[] bytes, int offset, int length) throws IOException;
    }

    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    private final Sink sink;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] plain = new byte[64 * 1024];
    private final byte[] frame = new byte[HEADER];
    private int framed;
    private boolean body;
    private boolean tail;
    private boolean ended;

    Gunzip(Sink sink) {
        this.sink = sink;
    }

    void accept(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (ended) {
                throw new IOException("bytes follow after the end of the gzip data");
            } else if (tail) {
                frame[framed++] = bytes[at++];
                if (framed == TRAILER) {
                    trailer();
                }
            } else if (body) {
                inflater.setInput(bytes, at, end - at);
                inflate();
                at = end - inflater.getRemaining();
            } else {
                frame[framed++] = bytes[at++];
                if (framed == HEADER) {
                    header();
                }
            }
        }
    }

    private void header() throws IOException {
        // Magic, deflate, and none of the optional fields: as Go's writer makes it.
        if (frame[0] != 0x1f || (frame[1] & 0xff) != 0x8b || frame[2] != 8 || frame[3] != 0) {
            throw new IOException("this is no gzip data as Vault writes it");
        }
        framed = 0;
        body = true;
    }

    private void inflate() throws IOException {
        try {
            while (!inflater.finished() && !(inflater.needsInput() && inflater.getRemaining() == 0)) {
                int made = inflater.inflate(plain);
                if (made > 0) {
                    crc.update(plain, 0, made);
                    sink.accept(plain, 0, made);
                } else if (inflater.needsDictionary()) {
                    throw new IOException("the gzip data is damaged: it asks for a dictionary");
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("the gzip data is damaged", e);
        }
        tail = inflater.finished();
    }

    private void trailer() throws IOException {
        if (number(0) != crc.getValue() || number(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new IOException("the gzip data is damaged: its checksum does not match");
        }
        ended = true;
    }

    private long number(int offset) {
        long value = 0;
        for (int i = 3; i >= 0; i--) {
            value = value << 8 | (frame[offset + i] & 0xff);
        }
        return value;
    }

    void finish() throws IOException {
        if (!ended) {
            throw new IOException("the gzip data is cut");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
