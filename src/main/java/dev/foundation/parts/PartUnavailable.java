package dev.foundation.parts;

import java.io.IOException;

/** A part can't be made ready. The message names the part, what went wrong, and what to do; nothing half-done is left in the cache. */
public final class PartUnavailable extends IOException {
    private static final long serialVersionUID = 1L;

    public PartUnavailable(String message) {
        super(message);
    }

    public PartUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
