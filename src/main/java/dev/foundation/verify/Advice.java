package dev.foundation.verify;

/** What to do next, said the same way everywhere. */
final class Advice {
    static final String REPAIR = " Look whether another place has it whole: `./foundation replicate` copies from there."
            + " Do not prune before a newer point is verified.";
    static final String WHO = " Find out who else can write to the store.";
    static final String AGAIN =
            " That says nothing of its bytes: see that the place can be reached, and run verify again.";

    private Advice() {}
}
