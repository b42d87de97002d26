package dev.foundation.stream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Counts and digests what is read through it. */
public final class Digesting extends FilterInputStream {
    private final MessageDigest digest = Sha256.digest();
    private long size;
    private boolean ended;
    private @Nullable Sha256 result;

    public Digesting(InputStream source) {
        super(source);
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
            digest.update(buffer, offset, read);
            size += read;
        } else if (read < 0) {
            ended = true;
        }
        return read;
    }

    @Override
    public long skip(long count) {
        return 0; // what is skipped would not be digested; callers then read instead
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Bytes read so far. */
    public long size() {
        return size;
    }

    /** The digest of everything, after the end was reached. @throws IllegalStateException before that */
    public Sha256 sha256() {
        if (!ended) {
            throw new IllegalStateException("the source was not read to its end: its digest would be that of a part");
        }
        if (result == null) {
            result = Sha256.of(digest); // which begins anew
        }
        return result;
    }
}
