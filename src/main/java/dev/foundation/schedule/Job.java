package dev.foundation.schedule;

import java.util.Locale;

/** What runs by itself. Each has its own schedule, heartbeat and maximum age (S9). */
public enum Job {
    BACKUP,
    REPLICATE,
    PRUNE,
    VERIFY,
    /** A point restored into a scratch environment and looked at; run from outside, which sends its evidence. */
    PROOF,
    DRILL;

    /** As people and metrics call it: {@code backup}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
