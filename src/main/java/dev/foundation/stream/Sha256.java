package dev.foundation.stream;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest (FIPS 180-4).
 *
 * @param hex 64 small hexadecimal digits
 */
public record Sha256(String hex) {
    private static final int LENGTH = 64;

    public Sha256 {
        // A listing of many points makes hundreds of thousands: a pattern took a tenth of its time.
        boolean good = hex.length() == LENGTH;
        for (int i = 0; good && i < LENGTH; i++) {
            char each = hex.charAt(i);
            good = (each >= '0' && each <= '9') || (each >= 'a' && each <= 'f');
        }
        if (!good) {
            throw new IllegalArgumentException(
                    "a SHA-256 is 64 small hexadecimal digits, not " + hex.length() + " other characters");
        }
    }

    public static Sha256 of(byte[] content) {
        return finish(digest(), content);
    }

    /** A fresh digest, to be ended with {@link #of(MessageDigest)}. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Ends this digest. */
    public static Sha256 of(MessageDigest digest) {
        return finish(digest, new byte[0]);
    }

    private static Sha256 finish(MessageDigest digest, byte[] rest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest(rest)));
    }

    @Override
    public String toString() {
        return hex;
    }
}
