package dev.foundation.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** Keys that are nothing but random bytes. */
public final class RandomKeys {
    private RandomKeys() {}

    /** {@code blobNameKey} (P3): 32 random bytes in base64. */
    public static Secret<String> blobNameKey(SecureRandom random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return Secret.of(Base64.getEncoder().encodeToString(key));
    }
}
