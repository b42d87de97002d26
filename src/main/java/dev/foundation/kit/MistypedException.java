package dev.foundation.kit;

import java.io.IOException;
import java.io.Serial;

/** A line was not typed as it stands on the sheet. Names the secret and the line; quotes nothing. */
public final class MistypedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    MistypedException(String name, int line, String why) {
        super("the " + name + ", line " + line + ": " + why + ". Type it as it is on the sheet, its check at the end");
    }
}
