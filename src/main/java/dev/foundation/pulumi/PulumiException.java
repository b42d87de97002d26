package dev.foundation.pulumi;

import java.io.IOException;
import java.io.Serial;

/** The Pulumi CLI refused or failed. The message is for people, and says what to do where that is known. */
public final class PulumiException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final boolean wrongPassphrase;

    PulumiException(String message, int exitCode) {
        this(message, exitCode, false);
    }

    PulumiException(String message, int exitCode, boolean wrongPassphrase) {
        super(message);
        this.exitCode = exitCode;
        this.wrongPassphrase = wrongPassphrase;
    }

    /** Whether it failed because the passphrase opens not what it was to open. */
    public boolean wrongPassphrase() {
        return wrongPassphrase;
    }

    /** What the CLI ended with; -1 if it could not be started. */
    public int exitCode() {
        return exitCode;
    }
}
