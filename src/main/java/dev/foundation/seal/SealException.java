package dev.foundation.seal;

import java.io.IOException;

/** A signature does not hold. The message says which rule it breaks; it quotes nothing of the signature. */
public final class SealException extends IOException {
    private static final long serialVersionUID = 1;

    public SealException(String message) {
        super(message);
    }
}
