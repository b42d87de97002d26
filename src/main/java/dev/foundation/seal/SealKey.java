package dev.foundation.seal;

import static dev.foundation.seal.SshWire.ascii;
import static dev.foundation.seal.SshWire.string;

import dev.foundation.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The Ed25519 key that signs seals, in OpenSSH's forms, so that {@code ssh-keygen -Y sign} and {@code verify} work with it.
 *
 * @param privateKey an unencrypted {@code OPENSSH PRIVATE KEY} (openssh-portable, PROTOCOL.key); the configuration encrypts it
 * @param publicLine {@code ssh-ed25519 AAAA... foundation-seal}
 */
public record SealKey(Secret<String> privateKey, String publicLine) {
    /** Also the namespace of the signatures (P1). */
    public static final String COMMENT = "foundation-seal";

    static final String TYPE = "ssh-ed25519";
    private static final String MAGIC = "openssh-key-v1\0";
    private static final int KEY_BYTES = 32;
    /** What stands before the 32 bytes in X.509's and PKCS #8's forms (RFC 8410, sections 4 and 7). */
    private static final String X509 = "302a300506032b6570032100";

    private static final String PKCS8 = "302e020100300506032b657004220420";

    public static SealKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] point = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
            return new SealKey(Secret.of(privateText(seed, point, random.nextInt())), publicLine(point));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519, which every JDK 25 has", e);
        }
    }

    /** The key in this text, with its public line found again. @throws IllegalArgumentException if it is none; nothing is quoted */
    public static SealKey of(Secret<String> privateKey) {
        byte[] pair = pair(privateKey);
        return new SealKey(privateKey, publicLine(Arrays.copyOfRange(pair, KEY_BYTES, 2 * KEY_BYTES)));
    }

    /** Whether a public line is this key's, whatever comment stands behind it. */
    public boolean isOf(String line) {
        return line.startsWith(publicLine.substring(0, publicLine.lastIndexOf(' ')));
    }

    /** The private half, for {@link SealSignature}. @throws IllegalArgumentException as {@link #of} */
    PrivateKey signer() {
        byte[] seed = Arrays.copyOf(pair(privateKey), KEY_BYTES);
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(join(PKCS8, seed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519, which every JDK 25 has", e);
        }
    }

    /** The key's binary form in a public line. @throws IllegalArgumentException if the line is no {@code ssh-ed25519} key */
    static byte[] publicBlob(String line) {
        String[] words = line.strip().split("\\s+", 3);
        try {
            byte[] blob = Base64.getDecoder().decode(words.length > 1 ? words[1] : "");
            if (words[0].equals(TYPE) && Arrays.equals(blob, blob(point(blob)))) {
                return blob;
            }
        } catch (IllegalArgumentException e) {
            // Told below: the decoder's message says nothing of the line.
        }
        throw new IllegalArgumentException("a seal's public key is a line `ssh-ed25519 AAAA...`; this one is not");
    }

    /** @param blob as {@link #publicBlob(String)} gives it */
    static PublicKey checker(byte[] blob) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(join(X509, point(blob))));
    }

    /** Seed and point, one after the other. */
    private static byte[] pair(Secret<String> privateKey) {
        try {
            String body = privateKey.expose().replaceAll("-----[A-Z ]+-----|\\s", "");
            var in = new SshWire(Base64.getDecoder().decode(body));
            if (!Arrays.equals(in.raw(MAGIC.length(), "first line"), ascii(MAGIC))) {
                throw new IllegalArgumentException("another kind of key");
            }
            in.expect(ascii("none"), "cipher");
            in.expect(ascii("none"), "key derivation");
            in.expect(new byte[0], "options");
            in.raw(Integer.BYTES, "number of keys");
            byte[] blob = in.string("public key");
            var inner = new SshWire(in.string("private key"));
            in.end();
            int check = inner.number("check");
            if (inner.number("check") != check) {
                throw new IllegalArgumentException("the private half is damaged");
            }
            inner.expect(ascii(TYPE), "type");
            inner.expect(point(blob), "point");
            byte[] pair = inner.string("key");
            if (pair.length != 2 * KEY_BYTES
                    || !Arrays.equals(blob, blob(Arrays.copyOfRange(pair, KEY_BYTES, pair.length)))) {
                throw new IllegalArgumentException("the halves are of two keys");
            }
            return pair;
        } catch (SealException | RuntimeException e) {
            throw new IllegalArgumentException("the text is no Ed25519 key in OpenSSH's form");
        }
    }

    private static byte[] point(byte[] blob) {
        return Arrays.copyOfRange(blob, Math.max(0, blob.length - KEY_BYTES), blob.length);
    }

    private static String publicLine(byte[] point) {
        return TYPE + " " + Base64.getEncoder().encodeToString(blob(point)) + " " + COMMENT;
    }

    private static byte[] blob(byte[] point) {
        return SshWire.bytes(out -> {
            string(out, ascii(TYPE));
            string(out, point);
        });
    }

    private static byte[] join(String prefix, byte[] key) {
        return SshWire.bytes(out -> {
            out.write(HexFormat.of().parseHex(prefix));
            out.write(key);
        });
    }

    private static String privateText(byte[] seed, byte[] point, int check) {
        byte[] inner = SshWire.bytes(out -> {
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
        byte[] key = SshWire.bytes(out -> {
            out.write(ascii(MAGIC));
            string(out, ascii("none")); // cipher
            string(out, ascii("none")); // key derivation
            string(out, new byte[0]); // its options
            out.writeInt(1);
            string(out, blob(point));
            string(out, inner);
        });
        String body = Base64.getMimeEncoder(70, ascii("\n")).encodeToString(key);
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }
}
