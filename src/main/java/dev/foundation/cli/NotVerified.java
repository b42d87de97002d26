package dev.foundation.cli;

import java.io.IOException;
import java.io.Serial;

/** What was asked could not be found out. */
final class NotVerified extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotVerified(String message) {
        super(message);
    }
}
