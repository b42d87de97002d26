package dev.foundation.stack;

import com.pulumi.core.Output;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.spec.ConfigKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The secrets of {@code Pulumi.foundation.yaml} that the program itself needs (K1), by their configuration key. A key that is not there yet
 * is absent from the map. Each output is marked secret.
 */
public record StackSecrets(Map<String, Output<String>> byKey) {
    public static final String BACKUP_AGE_IDENTITY = "backupAgeIdentity";
    public static final String SEAL_SIGNING_KEY = "sealSigningKey";
    public static final String BLOB_NAME_KEY = "blobNameKey";
    public static final String VAULT_UNSEAL_KEYS = "vaultUnsealKeys";

    public static final String OFFSITE_WRITER_ACCESS_KEY = ConfigKeys.OFFSITE_WRITER_ACCESS_KEY;
    public static final String OFFSITE_WRITER_SECRET_KEY = ConfigKeys.OFFSITE_WRITER_SECRET_KEY;
    public static final String OFFSITE_READER_ACCESS_KEY = ConfigKeys.OFFSITE_READER_ACCESS_KEY;
    public static final String OFFSITE_READER_SECRET_KEY = ConfigKeys.OFFSITE_READER_SECRET_KEY;

    /** Every key that the program hands on. */
    public static List<String> keys() {
        return List.of(
                BACKUP_AGE_IDENTITY,
                SEAL_SIGNING_KEY,
                BLOB_NAME_KEY,
                VAULT_UNSEAL_KEYS,
                OFFSITE_WRITER_ACCESS_KEY,
                OFFSITE_WRITER_SECRET_KEY,
                OFFSITE_READER_ACCESS_KEY,
                OFFSITE_READER_SECRET_KEY,
                ConfigKeys.OFFSITE_KEEPER_ACCESS_KEY,
                ConfigKeys.OFFSITE_KEEPER_SECRET_KEY,
                ConfigKeys.NTFY_URL,
                ConfigKeys.NTFY_TOKEN,
                ConfigKeys.HEARTBEAT_BACKUP,
                ConfigKeys.HEARTBEAT_PRUNE,
                ConfigKeys.HEARTBEAT_VERIFY,
                ConfigKeys.HEARTBEAT_PROOF);
    }

    /** Whether the keys are there that every point needs: the first run makes them (K2). */
    boolean canSeal() {
        return byKey.containsKey(SEAL_SIGNING_KEY) && byKey.containsKey(BLOB_NAME_KEY);
    }

    /** Vault's current unseal keys; empty until the first run has saved them. */
    Optional<Output<List<String>>> unsealKeys() {
        return Optional.ofNullable(byKey.get(VAULT_UNSEAL_KEYS))
                .map(json -> json.applyValue(StackSecrets::current).asSecret());
    }

    private static List<String> current(String json) {
        try {
            return UnsealKeys.parse(json).current();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pair for the off-site store, where both halves were given. */
    Map<String, Output<String>> offsite(String accessKey, String secretKey) {
        Output<String> access = byKey.get(accessKey);
        Output<String> secret = byKey.get(secretKey);
        return access == null || secret == null
                ? Map.of()
                : VaultContent.values("offsiteAccessKey", access, "offsiteSecretKey", secret);
    }

    /** Who lengthens locks off-site (P3): the pair that was given for it, else the reader's, which will be found to suffice or not. Never the writer's. */
    Map<String, Output<String>> offsiteKeeper() {
        Map<String, Output<String>> keeper =
                offsite(ConfigKeys.OFFSITE_KEEPER_ACCESS_KEY, ConfigKeys.OFFSITE_KEEPER_SECRET_KEY);
        return keeper.isEmpty() ? offsite(OFFSITE_READER_ACCESS_KEY, OFFSITE_READER_SECRET_KEY) : keeper;
    }

    /** Those of these keys that were given, under their own names. */
    Map<String, Output<String>> given(List<String> keys) {
        Map<String, Output<String>> given = new LinkedHashMap<>();
        for (String key : keys) {
            Output<String> value = byKey.get(key);
            if (value != null) {
                given.put(key, value);
            }
        }
        return given;
    }

    public StackSecrets {
        byKey = Map.copyOf(byKey);
    }
}
