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
    RUNNER;

    /** The container's name behind the instance's prefix; the unsealer's starts with that of the component it belongs to. */
    public String container() {
        return this == UNSEALER ? VAULT.label() + "-" + label() : label();
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
        };
    }
}
