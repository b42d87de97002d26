package dev.foundation.parts;

import dev.foundation.spec.ImageRef;
import java.io.IOException;
import java.util.Collection;

/** Makes images ready in the Docker Engine before anything is created from them (S3). */
public final class Images {
    public void prepare(Collection<ImageRef> references) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    boolean isReady(ImageName name) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
