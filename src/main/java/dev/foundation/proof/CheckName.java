package dev.foundation.proof;

import java.util.Arrays;
import java.util.Optional;

/** Every check that a proof has, in the order in which they run. The list is fixed: a proof that lacks one is red. */
public enum CheckName {
    /** First: Forgejo changes its tables by itself, and a push does. */
    POSTGRES_ROWS("postgres.rows"),
    VAULT_UNSEALED("vault.unsealed"),
    VAULT_SECRET("vault.secret"),
    S3_SAMPLES("s3.samples"),
    CROSS_BLOBS("cross.blobs"),
    FORGEJO_HEAD("forgejo.head"),
    FORGEJO_FSCK("forgejo.fsck"),
    FORGEJO_CLONE("forgejo.clone"),
    /** Last: it writes. */
    FORGEJO_HOOK("forgejo.hook");

    private final String id;

    CheckName(String id) {
        this.id = id;
    }

    /** Stable: evidence, alarms and documentation use it. */
    public String id() {
        return id;
    }

    static Optional<CheckName> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
