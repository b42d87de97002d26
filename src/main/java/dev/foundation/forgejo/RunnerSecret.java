package dev.foundation.forgejo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** What Forgejo and a runner share: 40 hexadecimal digits, of which the first 16 identify the runner and the others are secret. */
public record RunnerSecret(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    public RunnerSecret {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "a runner's secret has 40 lower-case hexadecimal digits and nothing else, no newline either");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    /** The runner's UUID as Forgejo computes it: the first 16 characters, taken as bytes. */
    public UUID uuid() {
        var bytes = ByteBuffer.wrap(value.substring(0, 16).getBytes(StandardCharsets.US_ASCII));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    @Override
    public String toString() {
        return "secret of runner " + uuid();
    }
}
