package dev.foundation.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store did not do what was asked. The message names store, object and action, and never holds a secret. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1;

    /** What a caller can do about it. */
    public enum Kind {
        /** There is no such object, version or bucket. */
        NOT_FOUND,
        /** The key is taken: nothing was written. */
        EXISTS,
        /** The credentials do not allow it, or a lock holds the object. */
        DENIED,
        /** No space is left there. */
        FULL,
        /** It may work later: connection lost, overloaded, time-out. Already tried again some times. */
        TRANSIENT,
        /** The store has the object, but its bytes cannot be read or are not what was written. */
        DAMAGED,
        /** Anything else; trying again does not help. */
        OTHER
    }

    private final Kind kind;

    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
