package dev.foundation.age;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An age file cannot be opened. The message holds no key and nothing of the content. */
public final class AgeException extends IOException {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Kind {
        /** The file was sealed to other recipients. */
        NO_IDENTITY,
        /** It does not begin as an age file, or its beginning was changed or cut. */
        HEADER,
        /** Its content was changed, cut, reordered, or something follows it. */
        PAYLOAD
    }

    private final Kind kind;

    AgeException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
