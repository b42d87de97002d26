package dev.foundation.postgres;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.postgresql.util.PasswordUtil;

/**
 * What Postgres keeps of a password: {@code SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>} (RFC 5802, 7677). It is made here, so that
 * the password itself is in no statement and no server log. Passwords are printable ASCII, for which SASLprep changes nothing.
 */
final class ScramVerifier {
    private static final Pattern FORM = Pattern.compile("SCRAM-SHA-256\\$(\\d{1,9}):([^$]+)\\$([^:]+):(.+)");

    private ScramVerifier() {}

    /** A verifier with a fresh salt. */
    static String of(String password) {
        try {
            return PasswordUtil.encodeScramSha256(password.toCharArray());
        } catch (RuntimeException e) {
            throw new IllegalStateException("every JDK has SCRAM-SHA-256's parts", e);
        }
    }

    /** Whether the stored verifier is this password's; false for any other form of password. */
    static boolean matches(String stored, String password) {
        var parts = FORM.matcher(stored);
        if (!parts.matches()) {
            return false;
        }
        try {
            var salt = Base64.getDecoder().decode(parts.group(2));
            var salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, Integer.parseInt(parts.group(1)), 256))
                    .getEncoded();
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salted, "HmacSHA256"));
            var clientKey = mac.doFinal("Client Key".getBytes(StandardCharsets.US_ASCII));
            var storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            return MessageDigest.isEqual(storedKey, Base64.getDecoder().decode(parts.group(3)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2 and SHA-256", e);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
