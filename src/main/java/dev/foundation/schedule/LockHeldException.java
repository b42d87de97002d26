package dev.foundation.schedule;

import java.io.IOException;

/** Somebody else holds the lock; the message names the holder. */
public final class LockHeldException extends IOException {
    private static final long serialVersionUID = 1;

    LockHeldException(String message) {
        super(message);
    }
}
