package dev.foundation.replicate;

import java.io.IOException;

/** No store has the bytes that the seal names; or what lies at the target is in the way of a copy. The stores themselves answer. */
final class NoSource extends IOException {
    private static final long serialVersionUID = 1;

    NoSource(String message) {
        super(message);
    }
}
