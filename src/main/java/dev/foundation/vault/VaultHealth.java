package dev.foundation.vault;

import java.util.Optional;

/**
 * What {@code sys/health} tells.
 *
 * @param clusterId known only while unsealed
 */
public record VaultHealth(State state, Optional<String> version, Optional<String> clusterId) {
    /** Unsealed is not yet active: a server that can open none of its audit devices is neither sealed nor of use. */
    public enum State {
        ACTIVE,
        STANDBY,
        UNINITIALISED,
        SEALED,
        OTHER
    }
}
