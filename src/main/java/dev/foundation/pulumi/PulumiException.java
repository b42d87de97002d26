package dev.foundation.pulumi;

import java.io.IOException;
import java.io.Serial;

/** The Pulumi CLI refused or failed. The message is for people, and says what to do where that is known. */
public final class PulumiException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    PulumiException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the CLI ended with; -1 if it could not be started. */
    public int exitCode() {
        return exitCode;
    }
}
