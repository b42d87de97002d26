package dev.foundation.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container as {@code docker inspect} tells of it.
 *
 * @param status Docker's word: {@code running}, {@code exited}, {@code restarting}, ...
 * @param health {@code healthy}, {@code unhealthy} or {@code starting}; empty without a health check
 * @param lastCheck what the last health check printed, one line
 * @param since when it started, or when it ended
 * @param image the reference that it was made from, where its label tells (containers run by the image's id)
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

    private static final Pattern NUMBERS = Pattern.compile("v?([0-9]+(?:\\.[0-9]+)*)(?:-.*)?");

    /**
     * The version in the image's tag, without what tells only the build ({@code -rootless}, {@code -bookworm}, a hash); the tag itself
     * where it holds no number, the digest's first digits where there is no tag.
     */
    String version() {
        String last = image.substring(image.lastIndexOf('/') + 1);
        int digest = last.indexOf('@');
        String named = digest < 0 ? last : last.substring(0, digest);
        int colon = named.lastIndexOf(':');
        if (colon >= 0 && !named.startsWith("sha256:")) {
            String tag = named.substring(colon + 1);
            Matcher version = NUMBERS.matcher(tag);
            return version.matches() ? version.group(1) : tag;
        }
        String hash = last.substring(digest + 1);
        return hash.startsWith("sha256:") ? hash.substring(0, Math.min(hash.length(), 19)) : "?";
    }
}
