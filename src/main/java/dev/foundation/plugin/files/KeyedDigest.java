package dev.foundation.plugin.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 over a list of parts, each with its length before it, so that no two lists read alike. */
final class KeyedDigest {
    private final Mac mac;

    KeyedDigest(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    KeyedDigest add(byte[] part) {
        mac.update(ByteBuffer.allocate(8).putLong(part.length).array());
        mac.update(part);
        return this;
    }

    KeyedDigest add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    String hex() {
        return HexFormat.of().formatHex(mac.doFinal());
    }
}
