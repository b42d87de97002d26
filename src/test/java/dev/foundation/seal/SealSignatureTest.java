package dev.foundation.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SealSignatureTest {
    private static final SealKey KEY = SealKey.generate(new SecureRandom());
    private static final byte[] MESSAGE = "{}\n".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = SealSignature.sign(KEY, MESSAGE);

    private static void refused(String signature, String message) {
        assertThatThrownBy(() -> SealSignature.verify(KEY.publicLine(), MESSAGE, signature))
                .isInstanceOf(SealException.class)
                .hasMessageContaining(message);
    }

    private static byte[] blob() {
        String body = SIGNATURE.replaceAll("-----[A-Z ]+-----|\\s", "");
        return Base64.getDecoder().decode(body);
    }

    private static String armor(byte[] blob) {
        return "-----BEGIN SSH SIGNATURE-----\n"
                + Base64.getEncoder().encodeToString(blob).replaceAll("(.{70})(?=.)", "$1\n")
                + "\n-----END SSH SIGNATURE-----\n";
    }

    private static byte[] replaced(String from, String to) {
        String text = new String(blob(), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatIsSignedIsVerifiedByThisKeyAlone() throws Exception {
        SealSignature.verify(KEY.publicLine(), MESSAGE, SIGNATURE);
        SealKey other = SealKey.generate(new SecureRandom());

        assertThat(SealSignature.verify(List.of(other.publicLine(), KEY.publicLine()), MESSAGE, SIGNATURE))
                .isEqualTo(KEY.publicLine());
        assertThatThrownBy(() -> SealSignature.verify(other.publicLine(), MESSAGE, SIGNATURE))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("none of ours");
        assertThatThrownBy(() -> SealSignature.verify(KEY.publicLine(), new byte[0], SIGNATURE))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("does not belong to this content");
    }

    @Test
    void everyFlippedBitIsRefused() {
        byte[] blob = blob();
        for (int i = 0; i < 8 * blob.length; i += 3) {
            byte[] flipped = blob.clone();
            flipped[i / 8] ^= (byte) (1 << (i % 8));
            refused(armor(flipped), "the signature does not hold");
        }
    }

    @Test
    void everyCutAndEveryByteBehindTheEndIsRefused() {
        byte[] blob = blob();
        for (int length = 0; length < blob.length; length++) {
            refused(armor(Arrays.copyOf(blob, length)), "the signature does not hold");
        }
        refused(armor(Arrays.copyOf(blob, blob.length + 1)), "1 bytes behind its end");
    }

    @Test
    void otherNamespacesDigestsAndVersionsAreRefused() {
        refused(armor(replaced("foundation-seal", "foundation-mail")), "namespace");
        refused(armor(replaced("sha512", "sha256")), "digest");
        refused(armor(replaced("SSHSIG\0\0\0\1", "SSHSIG\0\0\0\2")), "version 2");
        refused(armor(replaced("SSHSIG", "SSHSIX")), "no SSH signature");
    }

    @Test
    void thereIsOneArmorForEachSignature() {
        refused("", "armored");
        refused(SIGNATURE.strip(), "armored");
        refused(SIGNATURE + "\n", "armored");
        refused(" " + SIGNATURE, "armored");
        refused(SIGNATURE.replace("\n", "\r\n"), "armored");
        refused(SIGNATURE.replace("SSH SIGNATURE", "PGP SIGNATURE"), "armored");
        refused(SIGNATURE + SIGNATURE, "armored");
        refused(SIGNATURE.replaceFirst("\n([A-Za-z0-9+/]{10})", "\n$1\n"), "armored");
        refused("-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n", "armored");
    }

    @Test
    void aDamagedPrivateKeyIsNoKeyAndNothingOfItIsQuoted() {
        String text = KEY.privateKey().expose();
        for (String bad : List.of("", text.substring(0, 200), text.replace("b3BlbnNzaC1rZXk", "b3BlbnNzaC1rZXo"))) {
            assertThatThrownBy(() -> SealKey.of(Secret.of(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the text is no Ed25519 key in OpenSSH's form");
        }
        assertThatThrownBy(() -> SealSignature.verify("ssh-rsa AAAA", MESSAGE, SIGNATURE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
