package dev.foundation.cli;

/** What every command ends with. */
public final class ExitCodes {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;
    public static final int NOT_VERIFIED = 3;
    public static final int REFUSED = 4;

    private ExitCodes() {}
}
