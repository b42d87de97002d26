package dev.foundation.vault;

import java.util.Optional;

/**
 * What {@code sys/seal-status} tells, also of a server that is sealed or was never initialised.
 *
 * @param shares unseal keys that exist; 0 before initialisation
 * @param threshold how many of them unseal; 0 before initialisation
 * @param progress how many have been given since the last reset
 */
public record SealStatus(
        boolean initialised,
        boolean sealed,
        int shares,
        int threshold,
        int progress,
        String version,
        Optional<String> clusterId) {}
