package dev.foundation.age;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import dev.foundation.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;

/**
 * An age X25519 identity and the recipient that belongs to it (C2SP age).
 *
 * @param identity the line {@code AGE-SECRET-KEY-1...}
 * @param recipient the line {@code age1...}, public
 */
public record AgeIdentity(Secret<String> identity, String recipient) {

    /** A fresh one, from the platform's {@code SecureRandom}. */
    public static AgeIdentity generate() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            // jagged's keys encode as age's text forms, in ASCII.
            return new AgeIdentity(
                    Secret.of(ascii(pair.getPrivate().getEncoded())),
                    ascii(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no X25519, which every JDK 25 has", e);
        }
    }

    private static String ascii(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII);
    }
}
