package dev.foundation.forgejo;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Forgejo refused, failed, or could not be reached. */
public final class ForgejoException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    ForgejoException(String message, int status, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The HTTP status; 0 if there was no answer, -1 if it came from the command line. */
    public int status() {
        return status;
    }

    /** Whether trying again in a while may help: Forgejo is not up yet. */
    public static boolean isTransient(IOException e) {
        return e instanceof ForgejoException f
                && (f.status == 0 || f.status == 502 || f.status == 503 || f.status == 504);
    }
}
