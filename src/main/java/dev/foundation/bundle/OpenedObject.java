package dev.foundation.bundle;

import dev.foundation.age.AgeKeys;
import dev.foundation.age.AgeOpener;
import dev.foundation.stream.Digesting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The plain bytes of a sealed object. Ends normally only if the sealed bytes were those that the seal names, to the last one, and the plain ones
 * those that the manifest names. Closing it closes the source.
 */
public final class OpenedObject extends InputStream {
    private final String what;
    private final SealedObject object;
    private final Manifest.Measure expected;
    private final Digesting raw;
    private final Digesting plain;
    private boolean ended;

    private OpenedObject(String what, SealedObject object, Manifest.Measure expected, Digesting raw, Digesting plain) {
        this.what = what;
        this.object = object;
        this.expected = expected;
        this.raw = raw;
        this.plain = plain;
    }

    /**
     * @param source the sealed bytes; closed if this throws
     * @param what names the object in messages
     * @param expected of the plain bytes
     */
    public static OpenedObject open(
            InputStream source, String what, SealedObject object, Manifest.Measure expected, AgeKeys keys)
            throws IOException {
        Digesting raw = new Digesting(source);
        try {
            return new OpenedObject(what, object, expected, raw, new Digesting(AgeOpener.open(raw, keys)));
        } catch (IOException e) {
            source.close();
            throw new IOException(what + " does not open: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Reads an object and does not open it. @throws BundleException unless every byte is as sealed */
    public static void check(InputStream source, String what, SealedObject object) throws IOException {
        try (Digesting raw = new Digesting(source)) {
            raw.transferTo(OutputStream.nullOutputStream());
            refuse(raw, what, object);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int read;
        try {
            read = plain.read(buffer, offset, length);
        } catch (IOException e) {
            throw new IOException(what + ": " + e.getMessage(), e);
        }
        if (read < 0) {
            raw.transferTo(OutputStream.nullOutputStream());
            refuse(raw, what, object);
            if (!expected.equals(new Manifest.Measure(plain.size(), plain.sha256()))) {
                throw new BundleException(what + " opens to something else than its manifest says. Take another point");
            }
            ended = true;
        }
        return read;
    }

    private static void refuse(Digesting raw, String what, SealedObject object) throws BundleException {
        if (raw.size() != object.size() || !raw.sha256().equals(object.sha256())) {
            throw new BundleException(
                    what + " is not what was sealed: it has " + raw.size() + " bytes with the SHA-256 "
                            + raw.sha256() + ", the seal says " + object.size() + " with " + object.sha256()
                            + ". Nothing of it is used; run verify, and take a copy of it that is whole");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            plain.close();
        } finally {
            raw.close();
        }
    }
}
