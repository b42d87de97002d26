package dev.foundation.age;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.bech32.Bech32Address;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import dev.foundation.secret.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.List;
import javax.crypto.KeyAgreement;

/**
 * An age X25519 identity and the recipient that belongs to it (C2SP age).
 *
 * @param identity the line {@code AGE-SECRET-KEY-1...}
 * @param recipient the line {@code age1...}, public
 */
public record AgeIdentity(Secret<String> identity, String recipient) {
    private static final String PREFIX = "AGE-SECRET-KEY-";

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

    /** The identity in this text, without white space around it, and its recipient. @throws IllegalArgumentException if it is none; nothing is quoted */
    public static AgeIdentity of(Secret<String> identity) {
        try {
            Secret<String> line = identity.map(String::strip);
            if (!line.expose().startsWith(PREFIX)) {
                throw new IllegalArgumentException("age writes identities in capitals");
            }
            Bech32Address address = Bech32.getDecoder().decode(line.expose());
            if (!PREFIX.equalsIgnoreCase(address.getHumanReadablePart().toString())) {
                throw new IllegalArgumentException("another kind of Bech32 text");
            }
            KeyFactory keys = KeyFactory.getInstance("X25519");
            var basePoint =
                    new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(9)); // RFC 7748, section 6.1
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, address.getData())));
            agreement.doPhase(keys.generatePublic(basePoint), true);
            String recipient = Bech32.getEncoder()
                    .encode("age", agreement.generateSecret())
                    .toString();
            return new AgeIdentity(line, recipient);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Not the cause: a decoder may quote what it cannot read.
            throw new IllegalArgumentException("the text is no age identity (AGE-SECRET-KEY-1...)");
        }
    }

    /**
     * The lines of an identity file, as {@code age -i} reads one: comments and blank lines are passed over. The configuration's
     * {@code backupAgeIdentity} is one, with a line for each generation, the current first (K1).
     */
    public static List<Secret<String>> lines(Secret<String> file) {
        return file.expose()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Secret::of)
                .toList();
    }

    /** Of each, in their order. @throws IllegalArgumentException if there is none, or one is no identity */
    public static List<String> recipients(List<Secret<String>> identities) {
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("there is no age identity (AGE-SECRET-KEY-1...)");
        }
        return identities.stream().map(each -> of(each).recipient()).toList();
    }

    /** The first of {@link #lines}. @throws IllegalArgumentException if there is none, or it is no identity */
    public static AgeIdentity current(Secret<String> file) {
        return of(lines(file).stream().findFirst().orElse(Secret.of("")));
    }

    private static String ascii(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII);
    }
}
