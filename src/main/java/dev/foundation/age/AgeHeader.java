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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The beginning of an age file: from its version line to the payload's nonce. */
final class AgeHeader {
    private static final byte[] VERSION = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 16;
    private static final int KEY = 32;
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
        List<String> lines = new ArrayList<>();
        do {
            StringBuilder line = new StringBuilder();
            for (int next = next(sealed, header); next != '\n'; next = next(sealed, header)) {
                line.append((char) next);
            }
            lines.add(line.toString());
        } while (!lines.getLast().startsWith("---"));
        check(lines);
        for (int i = 0; i < NONCE; i++) {
            next(sealed, header);
        }
        return header.toByteArray();
    }

    /** What jagged takes for a stanza of another recipient, so that damage is not reported as a wrong identity. */
    private static void check(List<String> lines) throws AgeException {
        long stanzas = lines.stream().filter(line -> line.startsWith("->")).count();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean bad = line.startsWith("-> scrypt ") && stanzas > 1;
            if (line.equals("-> X25519") || line.startsWith("-> X25519 ")) {
                bad = !canonical(line.substring(Math.min(line.length(), "-> X25519 ".length())))
                        || !canonical(lines.get(i + 1)); // the last line is another
            }
            if (bad) {
                throw new AgeException(
                        AgeException.Kind.HEADER,
                        "the header of the age file is damaged: a recipient's stanza is malformed",
                        null);
            }
        }
    }

    /** 32 bytes in Base64 without padding, as age writes them. */
    private static boolean canonical(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return bytes.length == KEY
                    && Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
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
