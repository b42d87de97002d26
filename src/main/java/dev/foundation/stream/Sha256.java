package dev.foundation.stream;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest (FIPS 180-4).
 *
 * @param hex 64 small hexadecimal digits
 */
public record Sha256(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public Sha256 {
        if (!FORM.matcher(hex).matches()) {
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
