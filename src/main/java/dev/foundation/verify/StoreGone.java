package dev.foundation.verify;

/** A place answers no more: reading on would only wait. */
final class StoreGone extends Exception {
    private static final long serialVersionUID = 1;

    StoreGone(String message) {
        super(message);
    }
}
