package dev.foundation.objectstore;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An S3 server refused, failed, or could not be reached. */
public final class ObjectStoreException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;
    private final boolean mayPass;

    ObjectStoreException(String message, int status, String code, boolean mayPass, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.mayPass = mayPass;
    }

    ObjectStoreException(String message, Throwable cause) {
        this(message, 0, "", false, cause);
    }

    ObjectStoreException(String message) {
        super(message);
        this.status = 0;
        this.code = "";
        this.mayPass = false;
    }

    /** The HTTP status; 0 if there was no answer. */
    public int status() {
        return status;
    }

    /** S3's error code, such as {@code NoSuchBucket}; empty if there was none. */
    public String code() {
        return code;
    }

    /** Whether trying again in a while may help: the server is not up yet, or busy. */
    public boolean isTransient() {
        return mayPass;
    }

    public static boolean isTransient(IOException e) {
        return e instanceof ObjectStoreException o && o.isTransient();
    }
}
