package dev.foundation.store.s3;

import dev.foundation.stream.Sha256;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A part's digest as S3's headers want it. */
final class PartDigest {
    private PartDigest() {}

    static byte[] of(S3Settings.Integrity integrity, byte[] bytes, int length) {
        var digest = switch (integrity) {
            case SHA256 -> Sha256.digest();
            case MD5 -> md5();
        };
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    /** Not for security: S3's {@code Content-MD5} (RFC 1864). */
    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    static String base64(byte[] digest) {
        return Base64.getEncoder().encodeToString(digest);
    }
}
