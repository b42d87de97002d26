package dev.foundation.spec;

import java.util.Locale;

/** The services, in the order in which they start. */
public enum ServiceName {
    VAULT,
    /** Unseals Vault after a restart (K6); belongs to Vault, and has no switch of its own. */
    UNSEALER,
    POSTGRES,
    S3,
    FORGEJO,
    RUNNER,
    /** The agent that takes recovery points. */
    BACKUP,
    /** Removes points that retention no longer keeps, with a credential of its own (S7); belongs to the backup. */
    PRUNER;

    /** The container's name behind the instance's prefix; a helper's starts with that of the component it belongs to. */
    public String container() {
        return switch (this) {
            case UNSEALER -> VAULT.label() + "-" + label();
            case PRUNER -> BACKUP.label() + "-" + label();
            default -> label();
        };
    }

    /** As in DNS names and messages: {@code vault}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean enabledIn(FoundationSpec spec) {
        return switch (this) {
            case VAULT, UNSEALER -> spec.vault().enabled();
            case POSTGRES -> spec.postgres().enabled();
            case S3 -> spec.s3().enabled();
            case FORGEJO -> spec.forgejo().enabled();
            case RUNNER -> spec.runner().enabled();
            case BACKUP, PRUNER -> spec.backup().enabled();
        };
    }
}
