package dev.foundation.bundle;

import java.util.List;

/**
 * Whose points count.
 *
 * @param instance our foundation's id
 * @param epoch ours: a point of a newer one says that this foundation was recovered elsewhere
 * @param publicLines the seals' public key and its older generations (K1)
 */
public record Trust(String instance, int epoch, List<String> publicLines) {
    public Trust {
        publicLines = List.copyOf(publicLines);
        if (publicLines.isEmpty()) {
            throw new IllegalArgumentException("without a public key no seal can be checked: sealPublicKey is missing");
        }
    }
}
