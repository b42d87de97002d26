package dev.foundation.docker;

import java.io.IOException;

/** Docker refused or failed. The kind says what a caller can do about it. */
public final class DockerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as a caller can act on it. */
    public enum Kind {
        NOT_INSTALLED,
        ENGINE_NOT_RUNNING,
        NO_PERMISSION,
        NO_SUCH_CONTAINER,
        NO_SUCH_VOLUME,
        NO_SUCH_IMAGE,
        CONTAINER_NOT_RUNNING,
        NAME_TAKEN,
        PORT_TAKEN,
        DISK_FULL,
        OTHER
    }

    private final Kind kind;

    DockerException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    DockerException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
