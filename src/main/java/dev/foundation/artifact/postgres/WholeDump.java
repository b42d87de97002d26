package dev.foundation.artifact.postgres;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A dump program's output; it ends normally only if the program's own last words are among the last bytes, whatever its exit code says. */
final class WholeDump extends FilterInputStream {
    static final String DATABASE = "-- PostgreSQL database dump complete";
    static final String CLUSTER = "-- PostgreSQL database cluster dump complete";
    /** After its last words a program still prints {@code \}{@code unrestrict} and a key of 63 letters. */
    private static final int TAIL = 512;

    private final String what;
    private final String lastWords;
    private byte[] tail = new byte[0];
    private boolean ended;

    WholeDump(InputStream source, String what, String lastWords) {
        super(source);
        this.what = what;
        this.lastWords = lastWords;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            remember(buffer, offset, read);
        } else if (read < 0 && !ended) {
            if (!new String(tail, StandardCharsets.ISO_8859_1).contains("\n" + lastWords + "\n")) {
                throw new IOException("the dump of " + what + " ended without saying that it is complete");
            }
            ended = true;
        }
        return read;
    }

    private void remember(byte[] buffer, int offset, int length) {
        int fresh = Math.min(length, TAIL);
        int kept = Math.min(tail.length, TAIL - fresh);
        var next = new byte[kept + fresh];
        System.arraycopy(tail, tail.length - kept, next, 0, kept);
        System.arraycopy(buffer, offset + length - fresh, next, kept, fresh);
        tail = next;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
