package dev.foundation.backup;

import dev.foundation.bundle.BlobNames;
import dev.foundation.bundle.Seal.Product;
import dev.foundation.bundle.Trust;
import dev.foundation.seal.SealKey;
import java.util.List;
import java.util.Map;

/**
 * As whom, and for whom, a run writes.
 *
 * @param recipients age recipients; the agent has none of their identities
 * @param trust our instance, our epoch, and whose seals are ours
 * @param generations of the keys in use, by their names in the configuration (K1)
 * @param services product and version by service (P7)
 */
public record Identity(
        List<String> recipients,
        SealKey sealKey,
        BlobNames blobNames,
        Trust trust,
        Map<String, Integer> generations,
        Map<String, Product> services) {
    public Identity {
        recipients = List.copyOf(recipients);
        generations = Map.copyOf(generations);
        services = Map.copyOf(services);
    }
}
