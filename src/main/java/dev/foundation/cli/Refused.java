package dev.foundation.cli;

import java.io.IOException;
import java.io.Serial;

/** A guard said no; nothing was touched. */
final class Refused extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
