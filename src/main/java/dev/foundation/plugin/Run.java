package dev.foundation.plugin;

/** What a handler may ask of the operation it serves. */
public interface Run {
    /** Shown to the user beside the resource while it works. Never a secret. */
    void info(String message);

    /** Shown to the user, and again at the end of the update. Never a secret. */
    void warn(String message);

    /** Throws if the user has cancelled the update; long waits call it between their steps. */
    void checkCancelled() throws InterruptedException;
}
