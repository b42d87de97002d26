package dev.foundation.stack;

import java.util.Map;
import java.util.Optional;

/**
 * What the program must know of the machine and the repository it runs from; all folders absolute.
 *
 * @param repository the clone, whose configuration and {@code VERSIONS} every point carries a copy of (K2)
 * @param pulumiState the folder of Pulumi's file backend (K4); empty where the state lies in another kind of backend
 * @param locks holds the file that keeps backups, pruning, restores and {@code up} apart (S6)
 * @param points where the second copy of every point goes while there is no off-site store
 * @param products product and version by service, such as {@code gitea 1.26.0} (P7)
 */
public record Host(
        String repository, Optional<String> pulumiState, String locks, String points, Map<String, String> products) {
    public Host {
        products = Map.copyOf(products);
    }
}
