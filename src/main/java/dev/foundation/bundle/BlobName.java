package dev.foundation.bundle;

import java.util.regex.Pattern;

/**
 * A blob's name: says nothing of the object to who has no {@code blobNameKey} (P3).
 *
 * @param hex 64 small hexadecimal digits, made by {@link BlobNames}
 */
public record BlobName(String hex) implements Comparable<BlobName> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public BlobName {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a blob's name is 64 small hexadecimal digits");
        }
    }

    @Override
    public int compareTo(BlobName other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
