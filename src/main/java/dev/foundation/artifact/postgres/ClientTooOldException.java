package dev.foundation.artifact.postgres;

import java.io.IOException;

/** The server is of a later major version than the programs that should dump it (P4). Trying again does not help. */
public final class ClientTooOldException extends IOException {
    private static final long serialVersionUID = 1;

    ClientTooOldException(String message) {
        super(message);
    }
}
