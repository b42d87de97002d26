package dev.foundation.plugin.keys;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/** An age identity of type X25519 and its recipient, in their Bech32 forms (age-encryption.org/v1). */
record AgeKeyPair(String identity, String recipient) {
    private static final String PREFIX = "AGE-SECRET-KEY-";
    private static final int KEY_BYTES = 32;

    static AgeKeyPair generate() {
        try {
            var identity =
                    new X25519KeyPairGenerator().generateKeyPair().getPrivate().getEncoded();
            return of(new String(identity, StandardCharsets.US_ASCII)).orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has X25519", e);
        }
    }

    /** Empty if this is no age identity. Why is not told: the reason could hold parts of it. */
    static Optional<AgeKeyPair> of(String identity) {
        var text = identity.strip();
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            var address = Bech32.getDecoder().decode(text);
            if (!address.getHumanReadablePart()
                            .toString()
                            .toUpperCase(Locale.ROOT)
                            .equals(PREFIX)
                    || address.getData().length != KEY_BYTES) {
                return Optional.empty();
            }
            var recipient = Bech32.getEncoder().encode("age", publicKey(address.getData()));
            return Optional.of(new AgeKeyPair(text, recipient.toString()));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** RFC 7748: the public key is the scalar times the base point u = 9. */
    private static byte[] publicKey(byte[] scalar) throws GeneralSecurityException {
        var factory = KeyFactory.getInstance("X25519");
        var agreement = KeyAgreement.getInstance("X25519");
        agreement.init(factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
        agreement.doPhase(
                factory.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(9))), true);
        return agreement.generateSecret();
    }

    @Override
    public String toString() {
        return recipient;
    }
}
