package dev.foundation.secret;

import java.io.IOException;
import java.io.Serial;

/** A passphrase is missing, weak or kept where it must not be. The message says what to do and holds none of its text. */
public final class PassphraseException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public PassphraseException(String message) {
        super(message);
    }
}
