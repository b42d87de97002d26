package dev.foundation.recover;

import java.io.IOException;

/** A store could not be asked, or stopped to answer: nothing was found out. Never a reason to take an older point. */
public final class NotReached extends IOException {
    private static final long serialVersionUID = 1;

    NotReached(String message) {
        super(message);
    }
}
