package dev.foundation.spec;

import java.io.Serial;

/** The configuration cannot be read at all. The message names the place and never quotes the text, which may hold secrets. */
public final class ConfigSyntaxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public ConfigSyntaxException(String message) {
        super(message);
    }
}
