package dev.foundation.stack;

import com.pulumi.core.Output;
import java.util.Map;

/**
 * The secrets of {@code Pulumi.foundation.yaml} that the program itself needs (K1), by their configuration key. A key that is not there yet
 * is absent from the map. Each output is marked secret.
 */
public record StackSecrets(Map<String, Output<String>> byKey) {
    public static final String BACKUP_AGE_IDENTITY = "backupAgeIdentity";
    public static final String SEAL_SIGNING_KEY = "sealSigningKey";
    public static final String BLOB_NAME_KEY = "blobNameKey";

    public StackSecrets {
        byKey = Map.copyOf(byKey);
    }
}
