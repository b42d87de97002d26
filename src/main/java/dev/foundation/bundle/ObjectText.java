package dev.foundation.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A source object's key: any bytes, as S3 servers differ on what they let in. Text where the bytes are UTF-8, base64 where they are not; so there is
 * one form for each key, and nothing is lost.
 *
 * @param text the key itself, or its base64
 * @param base64 whether {@code text} is base64
 */
public record ObjectText(String text, boolean base64) {
    public ObjectText {
        if (base64) {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (utf8(bytes) != null
                    || !Base64.getEncoder().encodeToString(bytes).equals(text)) {
                throw new IllegalArgumentException(
                        "a key is in base64 only where it is no UTF-8, and then in one form");
            }
        } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("a key's text has half a surrogate pair");
        }
    }

    public static ObjectText of(String text) {
        return new ObjectText(text, false);
    }

    public static ObjectText of(byte[] bytes) {
        String text = utf8(bytes);
        return text == null
                ? new ObjectText(Base64.getEncoder().encodeToString(bytes), true)
                : new ObjectText(text, false);
    }

    public byte[] bytes() {
        return base64 ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
