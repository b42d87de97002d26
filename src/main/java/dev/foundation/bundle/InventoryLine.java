package dev.foundation.bundle;

import dev.foundation.stream.Sha256;

/**
 * One blob of a point, as it lies in the store.
 *
 * @param size in bytes
 */
public record InventoryLine(BlobName name, long size, Sha256 sha256) {
    /** The longest line: two digests, a number of 19 digits, two spaces. */
    static final int MAX_LENGTH = 64 + 1 + 19 + 1 + 64;

    public InventoryLine {
        if (size < 0) {
            throw new IllegalArgumentException("the size of the blob " + name + " is below zero");
        }
    }

    /** Without the newline. */
    String text() {
        return name.hex() + " " + size + " " + sha256.hex();
    }

    /** @throws IllegalArgumentException unless {@link #text} writes exactly this */
    static InventoryLine of(String text) {
        String[] words = text.split(" ", -1);
        if (words.length == 3) {
            var line = new InventoryLine(new BlobName(words[0]), Long.parseLong(words[1]), new Sha256(words[2]));
            if (line.text().equals(text)) {
                return line;
            }
        }
        throw new IllegalArgumentException("not a blob's name, size and SHA-256 with one space between them");
    }
}
