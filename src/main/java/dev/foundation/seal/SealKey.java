package dev.foundation.seal;

import dev.foundation.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * The Ed25519 key that signs seals, in OpenSSH's forms, so that {@code ssh-keygen -Y sign} and {@code verify} work with it.
 *
 * @param privateKey an unencrypted {@code OPENSSH PRIVATE KEY} (openssh-portable, PROTOCOL.key); the configuration encrypts it
 * @param publicLine {@code ssh-ed25519 AAAA... foundation-seal}
 */
public record SealKey(Secret<String> privateKey, String publicLine) {
    /** Also the namespace of the signatures (P1). */
    public static final String COMMENT = "foundation-seal";

    private static final String MAGIC = "openssh-key-v1\0";
    private static final String TYPE = "ssh-ed25519";
    private static final int KEY_BYTES = 32;

    public static SealKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            // X.509's form of an Ed25519 key ends with its 32 bytes (RFC 8410, section 4).
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] point = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
            return new SealKey(Secret.of(privateText(seed, point, random.nextInt())), publicLine(point));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519, which every JDK 25 has", e);
        }
    }

    /** The key in this text, with its public line found again. @throws IllegalArgumentException if it is none; nothing is quoted */
    public static SealKey of(Secret<String> privateKey) {
        try {
            String body = privateKey.expose().replaceAll("-----[A-Z ]+-----|\\s", "");
            var in = new DataInputStream(
                    new ByteArrayInputStream(Base64.getDecoder().decode(body)));
            in.skipNBytes(MAGIC.length());
            for (int i = 0; i < 3; i++) { // cipher, key derivation, its options
                in.skipNBytes(in.readInt());
            }
            in.skipNBytes(Integer.BYTES); // the number of keys
            byte[] blob = in.readNBytes(in.readInt());
            byte[] point = Arrays.copyOfRange(blob, blob.length - KEY_BYTES, blob.length);
            if (!Arrays.equals(blob, publicBlob(point))) {
                throw new IllegalArgumentException("another type of key");
            }
            return new SealKey(privateKey, publicLine(point));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the text is no Ed25519 key in OpenSSH's form");
        }
    }

    private static String publicLine(byte[] point) {
        return TYPE + " " + Base64.getEncoder().encodeToString(publicBlob(point)) + " " + COMMENT;
    }

    private static byte[] publicBlob(byte[] point) {
        return bytes(out -> {
            string(out, ascii(TYPE));
            string(out, point);
        });
    }

    private static String privateText(byte[] seed, byte[] point, int check) {
        byte[] inner = bytes(out -> {
            out.writeInt(check);
            out.writeInt(check);
            string(out, ascii(TYPE));
            string(out, point);
            out.writeInt(2 * KEY_BYTES);
            out.write(seed);
            out.write(point);
            string(out, ascii(COMMENT));
            for (int pad = 1; out.size() % 8 != 0; pad++) {
                out.write(pad);
            }
        });
        byte[] key = bytes(out -> {
            out.write(ascii(MAGIC));
            string(out, ascii("none")); // cipher
            string(out, ascii("none")); // key derivation
            string(out, new byte[0]); // its options
            out.writeInt(1);
            string(out, publicBlob(point));
            string(out, inner);
        });
        String body = Base64.getMimeEncoder(70, ascii("\n")).encodeToString(key);
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    private interface Layout {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Layout layout) {
        var buffer = new ByteArrayOutputStream();
        try {
            layout.write(new DataOutputStream(buffer));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return buffer.toByteArray();
    }

    private static void string(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
