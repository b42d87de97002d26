package dev.foundation.stack;

import dev.foundation.spec.ImageRef;
import dev.foundation.spec.ServiceName;

/** Which image each service runs, pinned. Answers without asking a Docker Engine or a registry, so that previews work anywhere. */
@FunctionalInterface
public interface Images {
    ImageRef of(ServiceName service);
}
