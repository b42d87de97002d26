package dev.foundation.age;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/** The beginning of an age file: from its version line to the payload's nonce. */
final class AgeHeader {
    private static final byte[] VERSION = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 16;
    private static final int LIMIT = 64 * 1024;

    private AgeHeader() {}

    /** Reads exactly the header and the nonce, and unwraps the payload's key. @throws AgeException if the file does not begin as it should, or no identity fits */
    static CipherKey read(InputStream sealed, List<RecipientStanzaReader> identities) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(scan(sealed));
        try {
            return new StandardPayloadKeyReader().getPayloadKey(header, identities);
        } catch (UnsupportedRecipientStanzaException e) {
            throw new AgeException(
                    AgeException.Kind.NO_IDENTITY,
                    "none of the given identities opens this: it was sealed to other recipients",
                    null);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new AgeException(AgeException.Kind.HEADER, "the header of the age file is damaged or was changed", e);
        }
    }

    private static byte[] scan(InputStream sealed) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        for (byte each : VERSION) {
            if (next(sealed, header) != each) {
                throw new AgeException(
                        AgeException.Kind.HEADER,
                        "this is no age file in the binary format: it begins otherwise",
                        null);
            }
        }
        boolean last = false;
        while (!last) {
            StringBuilder line = new StringBuilder();
            for (int next = next(sealed, header); next != '\n'; next = next(sealed, header)) {
                line.append((char) next);
            }
            last = line.indexOf("---") == 0;
        }
        for (int i = 0; i < NONCE; i++) {
            next(sealed, header);
        }
        return header.toByteArray();
    }

    private static int next(InputStream sealed, ByteArrayOutputStream header) throws IOException {
        int next = sealed.read();
        if (next < 0) {
            throw new AgeException(AgeException.Kind.HEADER, "the age file is cut: it ends within its header", null);
        }
        if (header.size() == LIMIT) {
            throw new AgeException(
                    AgeException.Kind.HEADER, "the header of the age file has no end within " + LIMIT + " bytes", null);
        }
        header.write(next);
        return next;
    }
}
