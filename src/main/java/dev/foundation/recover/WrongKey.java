package dev.foundation.recover;

import java.io.IOException;

/** A key does not open what it must open; nothing was touched. The message says which key, and what it was tried on; never the key. */
public final class WrongKey extends IOException {
    private static final long serialVersionUID = 1;

    /** What does not fit. */
    public enum Key {
        IDENTITY,
        UNSEAL_KEYS
    }

    private final Key key;

    WrongKey(Key key, String message) {
        super(message);
        this.key = key;
    }

    public Key key() {
        return key;
    }
}
