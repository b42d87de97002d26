package dev.foundation.parts;

import dev.foundation.spec.FoundationSpec.Site;
import java.io.IOException;

/** Makes the Pulumi CLI, its Java language host and the plugins ready. */
public final class Toolbox {
    public Tools prepare(Site site) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
