package dev.foundation.bundle;

import java.io.IOException;

/** A part of a bundle is not what the format says, or not what another part says of it. The message names the part and the rule; it holds no secret. */
public final class BundleException extends IOException {
    private static final long serialVersionUID = 1;

    public BundleException(String message) {
        super(message);
    }
}
