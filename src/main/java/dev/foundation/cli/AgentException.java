package dev.foundation.cli;

import java.io.IOException;
import java.io.Serial;

/** The backup agent could not be asked, broke off, or said no. The message says what to do. */
final class AgentException extends IOException {
    /** The agent has never answered. */
    static final int SILENT = 0;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String words;

    /** @param status the HTTP status that it answered with, or {@link #SILENT} */
    AgentException(int status, String message) {
        super(message);
        this.status = status;
        this.words = message;
    }

    /** The message. */
    String words() {
        return words;
    }

    /** Something else runs, or must not be disturbed. */
    boolean conflict() {
        return status == 409;
    }
}
