package dev.foundation.recover;

import java.io.IOException;
import java.util.List;

/** A store has no point that can be taken: none at all, not the one asked for, or none that holds. */
public final class NothingHolds extends IOException {
    private static final long serialVersionUID = 1;

    private final transient List<Rejected> rejected;

    NothingHolds(String message, List<Rejected> rejected) {
        super(message);
        this.rejected = List.copyOf(rejected);
    }

    /** Those that were looked at. */
    public List<Rejected> rejected() {
        return rejected;
    }
}
