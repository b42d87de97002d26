package dev.foundation.seal;

import static dev.foundation.seal.SshWire.ascii;
import static dev.foundation.seal.SshWire.string;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Signatures of seals, and of evidence, in OpenSSH's format (openssh-portable, PROTOCOL.sshsig; P1): Ed25519 over SHA-512, seals in the namespace
 * {@value SealKey#COMMENT}. What this makes, {@code ssh-keygen -Y verify} accepts, and the reverse. There is one text for each signature:
 * another armor, version, namespace, digest, or a byte behind the end is refused.
 */
public final class SealSignature {
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
    private static final String END = "\n-----END SSH SIGNATURE-----\n";
    private static final String MAGIC = "SSHSIG";
    private static final int VERSION = 1;
    private static final String DIGEST = "sha512";
    private static final int SIGNATURE_BYTES = 64;
    private static final int LINE = 70;

    private SealSignature() {}

    /** The armored signature, with a newline at its end. @throws IllegalArgumentException if the key is none */
    public static String sign(SealKey key, byte[] message) {
        return sign(key, SealKey.COMMENT, message);
    }

    /** As {@link #sign(SealKey, byte[])}, for another use of the key: a signature holds in its own namespace only. */
    public static String sign(SealKey key, String namespace, byte[] message) {
        byte[] signature;
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key.signer());
            signer.update(signed(namespace, message));
            signature = signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519, which every JDK 25 has", e);
        }
        return armor(SshWire.bytes(out -> {
            out.write(ascii(MAGIC));
            out.writeInt(VERSION);
            string(out, SealKey.publicBlob(key.publicLine()));
            string(out, ascii(namespace));
            string(out, new byte[0]); // reserved
            string(out, ascii(DIGEST));
            string(out, SshWire.bytes(inner -> {
                string(inner, ascii(SealKey.TYPE));
                string(inner, signature);
            }));
        }));
    }

    /** @throws SealException unless the owner of this public line signed exactly this message as a seal */
    public static void verify(String publicLine, byte[] message, String signature) throws SealException {
        String _ = verify(List.of(publicLine), message, signature);
    }

    /**
     * Which of these keys signed the message: the current one and its older generations (K1).
     *
     * @return one of {@code publicLines}
     * @throws SealException if none did, or the signature is no seal's
     * @throws IllegalArgumentException if one of the lines is no Ed25519 key
     */
    public static String verify(List<String> publicLines, byte[] message, String signature) throws SealException {
        return verify(publicLines, SealKey.COMMENT, message, signature);
    }

    /** As {@link #verify(List, byte[], String)}, in another namespace. */
    public static String verify(List<String> publicLines, String namespace, byte[] message, String signature)
            throws SealException {
        var in = new SshWire(unarmor(signature));
        try {
            if (!Arrays.equals(in.raw(MAGIC.length(), "first bytes"), ascii(MAGIC))) {
                throw new SealException("it is no SSH signature");
            }
            int version = in.number("version");
            if (version != VERSION) {
                throw new SealException(
                        "it has version " + Integer.toUnsignedString(version) + ", known is " + VERSION);
            }
            byte[] key = in.string("public key");
            in.expect(ascii(namespace), "namespace");
            byte[] reserved =
                    in.string("reserved field"); // PROTOCOL.sshsig: to be ignored, but it is signed: ours is empty
            in.expect(ascii(DIGEST), "digest");
            var inner = new SshWire(in.string("signature"));
            in.end();
            inner.expect(ascii(SealKey.TYPE), "type");
            byte[] value = inner.string("value");
            inner.end();
            for (String line : publicLines) {
                if (Arrays.equals(SealKey.publicBlob(line), key)) {
                    if (reserved.length == 0
                            && value.length == SIGNATURE_BYTES
                            && holds(key, namespace, message, value)) {
                        return line;
                    }
                    throw new SealException("it does not belong to this content");
                }
            }
            throw new SealException("it was made with a key that is none of ours");
        } catch (SealException e) {
            throw new SealException("the signature does not hold: " + e.getMessage());
        }
    }

    private static boolean holds(byte[] key, String namespace, byte[] message, byte[] value) {
        try {
            Signature checker = Signature.getInstance("Ed25519");
            checker.initVerify(SealKey.checker(key));
            checker.update(signed(namespace, message));
            return checker.verify(value);
        } catch (GeneralSecurityException e) {
            return false; // a number that is out of range, or a key that is no point of the curve
        }
    }

    /** What the key signs: not the message but its digest, with the namespace, so that no other use of the key makes a seal. */
    private static byte[] signed(String namespace, byte[] message) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-512").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
        return SshWire.bytes(out -> {
            out.write(ascii(MAGIC));
            string(out, ascii(namespace));
            string(out, new byte[0]);
            string(out, ascii(DIGEST));
            string(out, digest);
        });
    }

    /** Lines of 70 characters, as ssh-keygen breaks them; Java's MIME encoder would round 70 down to 68. */
    private static String armor(byte[] blob) {
        String body = Base64.getEncoder().encodeToString(blob);
        var lines = new StringBuilder(BEGIN);
        for (int at = 0; at < body.length(); at += LINE) {
            lines.append(at == 0 ? "" : "\n").append(body, at, Math.min(at + LINE, body.length()));
        }
        return lines.append(END).toString();
    }

    private static byte[] unarmor(String text) throws SealException {
        try {
            if (text.length() > BEGIN.length() + END.length() && text.startsWith(BEGIN) && text.endsWith(END)) {
                String body = text.substring(BEGIN.length(), text.length() - END.length());
                byte[] blob = Base64.getDecoder().decode(body.replace("\n", ""));
                if (armor(blob).equals(text)) {
                    return blob;
                }
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new SealException("the signature does not hold: it is not armored as ssh-keygen does it");
    }
}
