package dev.foundation.vault;

import java.io.IOException;

/** Why Vault did not do what was asked. The message names address and action and holds neither token nor key. */
public final class VaultException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Kinds that callers tell apart. */
    public enum Kind {
        /** No answer: not started, wrong address, or cut off. Passes by itself. */
        UNREACHABLE,
        /** It answers, and has never been initialised. */
        UNINITIALISED,
        /** It answers, and must be unsealed first. */
        SEALED,
        /** The token is wrong, expired, or lacks the right. */
        DENIED,
        /** Any other refusal; the status says more. */
        REFUSED
    }

    private final Kind kind;
    private final int status;

    VaultException(Kind kind, int status, String message) {
        super(message);
        this.kind = kind;
        this.status = status;
    }

    VaultException(String message, IOException cause) {
        super(message, cause);
        this.kind = Kind.UNREACHABLE;
        this.status = 0;
    }

    public Kind kind() {
        return kind;
    }

    /** The HTTP status; 0 if there was no answer. */
    public int status() {
        return status;
    }
}
