package dev.foundation.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A container as {@code docker inspect} tells of it.
 *
 * @param status Docker's word: {@code running}, {@code exited}, {@code restarting}, ...
 * @param health {@code healthy}, {@code unhealthy} or {@code starting}; empty without a health check
 * @param lastCheck what the last health check printed, one line
 * @param since when it started, or when it ended
 * @param ports the host's ports that it holds
 */
record ContainerState(
        String name,
        String status,
        Optional<String> health,
        String lastCheck,
        Optional<Instant> since,
        String image,
        int exitCode,
        boolean outOfMemory,
        SortedSet<Integer> ports) {

    /** The image's tag; its digest's first digits where it has none. */
    String version() {
        String last = image.substring(image.lastIndexOf('/') + 1);
        int digest = last.indexOf('@');
        String named = digest < 0 ? last : last.substring(0, digest);
        int colon = named.lastIndexOf(':');
        if (colon >= 0) {
            return named.substring(colon + 1);
        }
        return digest < 0 ? "?" : last.substring(digest + 1, Math.min(last.length(), digest + 20));
    }
}
