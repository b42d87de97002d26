package dev.foundation.parts;

import java.io.IOException;

/** Sees to it that a Docker Engine answers. */
public final class DockerSetup {
    /** Returns the engine's version. */
    public String ensure() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
