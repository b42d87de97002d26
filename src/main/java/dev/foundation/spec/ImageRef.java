package dev.foundation.spec;

import java.util.regex.Pattern;

/**
 * A pinned image: {@code repository:tag}, {@code repository:tag@sha256:...} or {@code repository@sha256:...}. An image without tag and
 * digest, or with the tag {@code latest}, is refused (R1.2).
 */
public record ImageRef(String value) {
    private static final Pattern PINNED = Pattern.compile(
            "[a-z0-9][a-z0-9._:/-]*?(:(?!latest(@|$))[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?");

    public ImageRef {
        String last = value.substring(value.lastIndexOf('/') + 1);
        if (!PINNED.matcher(value).matches()
                || !(last.contains(":") || last.contains("@"))
                || last.endsWith(":latest")) {
            throw new IllegalArgumentException("image \"" + value
                    + "\" is not pinned: give repository:tag (not latest), or repository@sha256:<digest>");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
