package dev.foundation.verify;

import dev.foundation.store.StoreException;

/** How many failures that are not the objects' own a place is forgiven. One thread at a time. */
final class Patience {
    private static final int TRIES = 5;

    private int left = TRIES;

    /** @throws StoreGone when it is at an end */
    void tried(StoreException e) throws StoreGone {
        switch (e.kind()) {
            case NOT_FOUND, DAMAGED -> {}
            case EXISTS, DENIED, FULL, TRANSIENT, OTHER -> {
                left--;
                if (left <= 0) {
                    throw new StoreGone("after " + TRIES + " failures the rest was not looked at; the last: "
                            + e.getMessage() + ". See that the place can be reached, and run verify again.");
                }
            }
        }
    }
}
